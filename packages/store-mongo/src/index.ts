export { createMongoStore, type MongoStoreOptions } from './create-mongo-store.ts';
export { migrate } from './migrate.ts';
export { StoreTrouble } from './reads/store-trouble.ts';
