import net from 'node:net';
import { BSON, type Document } from 'mongodb';

/** What becomes of a command that a client sends. */
export type Fate =
  /** It arrives, and so does the answer. */
  | 'pass'
  /** It arrives and is done; instead of the answer the client sees its connection cut. */
  | 'lose the answer'
  /** It never arrives; the client sees its connection cut. */
  | 'cut'
  /** It arrives and is done; the client hears nothing more on its connection. */
  | 'swallow the answer'
  /** It arrives and is done; the answer comes so many milliseconds late. */
  | { readonly lateMs: number }
  /** It never arrives; the proxy answers in the server's place. */
  | { readonly answer: Document };

/** What a proxy is told to do. Both are asked anew for each command. */
export interface WireRules {
  /** Decides over a command, by its name and its body. All pass where it is absent. */
  fate?(name: string, command: Document): Fate;
  /** Rewrites what the server says of itself. */
  hello?(answer: Document): Document;
}

/** A proxy that understands the frames of the protocol, in front of a server. */
export interface WireProxy {
  /** Leads through the proxy; the server's own address is rewritten, so that the driver stays with it. */
  readonly url: string;
  /** Gives the proxy other rules. */
  rule(rules: WireRules): void;
  /** From now on nobody listens. */
  goAway(): Promise<void>;
  /** Listens again where it did before, should it have gone away. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a proxy to a server, in the form of a replica set of one member. */
export async function openWireProxy(serverUrl: string, first: WireRules = {}): Promise<WireProxy> {
  const target = new URL(serverUrl);
  const sockets = new Set<net.Socket>();
  let rules = first;
  const listener = net.createServer((client) => {
    const server = net.connect(Number(target.port || '27017'), target.hostname);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    join({ client, server, port, rules: () => rules });
  });
  const listen = (at: number) => new Promise<void>((resolve) => listener.listen(at, '127.0.0.1', resolve));
  await listen(0);
  const port = portOf(listener);
  const url = new URL(serverUrl);
  url.host = `127.0.0.1:${port}`;
  const goAway = async (): Promise<void> => {
    const closed = listener.listening
      ? new Promise<void>((resolve) => listener.close(() => resolve()))
      : Promise.resolve();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: url.href,
    rule: (next) => {
      rules = next;
    },
    goAway,
    comeBack: async () => {
      if (!listener.listening) await listen(port);
    },
    close: goAway,
  };
}

interface Joined {
  readonly client: net.Socket;
  readonly server: net.Socket;
  readonly port: number;
  rules(): WireRules;
}

function join({ client, server, port, rules }: Joined): void {
  const fates = new Map<number, Fate>();
  let deaf = false;
  client.on(
    'data',
    frames((frame) => {
      const command = bodyOf(frame);
      const name = command && Object.keys(command)[0];
      const isHello = command === undefined || name === 'hello' || name === 'ismaster' || name === 'isMaster';
      const fate = isHello ? 'pass' : (rules().fate?.(name ?? '', command) ?? 'pass');
      if (fate === 'cut') client.destroy();
      else if (typeof fate === 'object' && 'answer' in fate) client.write(answerTo(frame, fate.answer));
      else {
        fates.set(frame.readInt32LE(4), fate);
        server.write(frame);
      }
    }),
  );
  server.on(
    'data',
    frames((frame) => {
      const id = frame.readInt32LE(8);
      const fate = fates.get(id) ?? 'pass';
      fates.delete(id);
      if (deaf) return;
      const answer = rewritten(frame, port, rules());
      if (fate === 'lose the answer') client.destroy();
      else if (fate === 'swallow the answer') deaf = true;
      else if (typeof fate === 'object' && 'lateMs' in fate) setTimeout(() => client.write(answer), fate.lateMs);
      else client.write(answer);
    }),
  );
}

/** Cuts a stream of bytes into the messages of the protocol, each of which begins with its length. */
function frames(take: (frame: Buffer) => void): (data: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (data) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      take(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  };
}

/** Gives the body of a message; nothing for one of the old kind, with which a driver says hello. */
function bodyOf(frame: Buffer): Document | undefined {
  return frame.readInt32LE(12) === OP_MSG && frame[BODY - 1] === 0
    ? BSON.deserialize(documentAt(frame, BODY))
    : undefined;
}

/** Where a server says what it is, the proxy's address stands in the place of its own. */
function rewritten(frame: Buffer, port: number, { hello = (answer) => answer }: WireRules): Buffer {
  const at = frame.readInt32LE(12) === OP_MSG ? BODY : OLD_BODY;
  const said = documentAt(frame, at);
  const answer = BSON.deserialize(said);
  if (!('maxWireVersion' in answer)) return frame;
  const here = `127.0.0.1:${port}`;
  const moved = { ...answer, hosts: [here], me: here, ...('primary' in answer ? { primary: here } : {}) };
  const body = BSON.serialize(hello(answer.setName === undefined ? answer : moved));
  const head = Buffer.from(frame.subarray(0, at));
  head.writeInt32LE(at + body.length, 0);
  return Buffer.concat([head, body]);
}

function answerTo(frame: Buffer, answer: Document): Buffer {
  const body = BSON.serialize(answer);
  const head = Buffer.alloc(BODY);
  head.writeInt32LE(BODY + body.length, 0);
  head.writeInt32LE(frame.readInt32LE(4), 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, body]);
}

function documentAt(frame: Buffer, at: number): Buffer {
  return frame.subarray(at, at + frame.readInt32LE(at));
}

function portOf(listener: net.Server): number {
  return (listener.address() as net.AddressInfo).port;
}

const OP_MSG = 2013;
/** Where the body of a message begins: after the header, its flags and the kind of its first section. */
const BODY = 21;
/** Where the body of an answer of the old kind begins. */
const OLD_BODY = 36;
