/**
 * Fails when there is no MongoDB server for the tests that need one, and otherwise makes ready the one that they start.
 *
 *   node --conditions=holdfast:source --import tsx scripts/check-mongo.mjs
 */
import { startMongo, whyNoMongo } from '../tools/embedded-mongo/src/index.ts';

const reason = await whyNoMongo();
if (reason !== undefined) {
  console.error(`There is ${reason}.`);
  process.exitCode = 1;
} else if (process.env.HOLDFAST_MONGO_URL) {
  console.log('The server is the one of HOLDFAST_MONGO_URL.');
} else {
  const server = await startMongo();
  console.log(`A server answers on port ${server.port}.`);
  await server.stop();
}
