import { createConnection } from 'mongoose';
import { createApp } from './create-app.ts';
import { orderModel } from './models/order.ts';
import { openMoney } from './money/open-money.ts';

// Serves the shop on the loopback, on the replica set at MONGODB_URL.
const connection = await createConnection(process.env.MONGODB_URL ?? 'mongodb://127.0.0.1:27017/shop').asPromise();
await orderModel(connection).init();
const money = await openMoney(connection);
const app = createApp({ connection, money });
const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`The shop listens at ${JSON.stringify(server.address())}`);
});
const deadlines = setInterval(async () => {
  const run = await money.runDueTasks();
  if (run.isErr()) console.error(run.error);
}, 1_000);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);

async function stop(): Promise<void> {
  clearInterval(deadlines);
  await new Promise((closed) => server.close(closed));
  await money.close();
  await connection.close();
}
