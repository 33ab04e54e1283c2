import { type Connection, type Model, Schema } from 'mongoose';

/** An order as the shop has always kept it. What is paid, held or given back is not here: the book says that. */
export interface Order {
  readonly _id: string;
  readonly buyer: string;
  readonly seller: string;
  readonly item: string;
  /** All decimals, such as `12.50`: for showing, never for reckoning. */
  readonly price: string;
  status: 'placed' | 'delivered' | 'cancelled';
}

const schema = new Schema<Order>(
  {
    _id: { type: String, required: true },
    buyer: { type: String, required: true, index: true },
    seller: { type: String, required: true },
    item: { type: String, required: true, maxlength: 200 },
    price: { type: String, required: true },
    status: { type: String, enum: ['placed', 'delivered', 'cancelled'], required: true },
  },
  { versionKey: 'version', optimisticConcurrency: true },
);

/** Gives the model of orders on a connection. */
export function orderModel(connection: Connection): Model<Order> {
  return connection.modelNames().includes('Order')
    ? connection.model<Order>('Order')
    : connection.model<Order>('Order', schema);
}
