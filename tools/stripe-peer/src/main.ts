/**
 * Runs the peer as a process of its own:
 *
 *   node --conditions=holdfast:source --import tsx tools/stripe-peer/src/main.ts '{"port":0,"folder":"/var/tmp/peer"}'
 *
 * Prints `{"url":"http://127.0.0.1:…"}` on its first line, and ends with SIGTERM or when its standard input closes.
 */
import { type StripePeerOptions, startStripePeer } from './start-stripe-peer.ts';

const peer = await startStripePeer(JSON.parse(process.argv[2] ?? '{}') as StripePeerOptions);
console.log(JSON.stringify({ url: peer.url, port: peer.port }));

const end = () => {
  void peer.close().then(() => process.exit(0));
};
process.once('SIGTERM', end);
process.once('SIGINT', end);
process.stdin.once('end', end).resume();
