export { findMongo } from './find-mongo.ts';
export type { MongoServer } from './running-server.ts';
export { type StartMongoOptions, startMongo } from './start-mongo.ts';
export { whyNoMongo } from './why-no-mongo.ts';
