export { endWithParent } from './end-with-parent.ts';
export { freePort } from './free-port.ts';
export { type LoopbackProxy, openProxy } from './loopback-proxy.ts';
export { type ServerCommand, type SpawnedServer, spawnServer } from './spawn-server.ts';
