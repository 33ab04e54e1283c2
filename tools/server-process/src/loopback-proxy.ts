import net from 'node:net';

/** A proxy in front of a server, which can swallow answers and cut connections. */
export interface LoopbackProxy {
  readonly port: number;
  /** From now on nothing that the server says arrives. */
  swallow(): void;
  /** What the server says arrives again, on new connections. */
  pass(): void;
  /** Cuts every connection to the client, and leaves those to the server open until it has finished. */
  cutClients(): void;
  /** From now on new connections go to another port. */
  aimAt(port: number): void;
  close(): Promise<void>;
}

/** Opens a proxy on this machine to a server, on this one where no host is named. */
export async function openProxy(first: number, host = '127.0.0.1'): Promise<LoopbackProxy> {
  let swallowing = false;
  let target = first;
  const pairs = new Set<{ readonly client: net.Socket; readonly server: net.Socket }>();
  const listener = net.createServer({ allowHalfOpen: true }, (client) => {
    const server = net.connect(target, host);
    const pair = { client, server };
    pairs.add(pair);
    client.on('data', (data) => server.write(data));
    server.on('data', (data) => {
      if (!swallowing) client.write(data);
    });
    client.on('error', () => {});
    server.on('error', () => {});
    client.on('end', () => server.end());
    server.on('close', () => {
      client.destroy();
      pairs.delete(pair);
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as net.AddressInfo).port,
    swallow: () => {
      swallowing = true;
    },
    pass: () => {
      swallowing = false;
    },
    cutClients: () => {
      for (const { client } of pairs) client.destroy();
    },
    aimAt: (port) => {
      target = port;
    },
    close: async () => {
      for (const { client, server } of pairs) {
        client.destroy();
        server.destroy();
      }
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
