import { afterEach, describe, expect, it } from 'vitest';
import { never, openPeerWorld, type PeerWorld, sendOf, transferOf } from '../test/peer-world.ts';

let world: PeerWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

describe('what goes out', () => {
  it('is the stored body, byte for byte', async () => {
    world = await openPeerWorld();
    const { peer, provider } = world;
    const metadata = { book: 'main', odd: "a b+c&d=e%f[g]!*()'ü😀~" };
    const send = sendOf(provider, transferOf({ metadata }));
    const outcome = await provider.submit(send, never());
    expect(outcome).toMatchObject({ outcome: 'accepted', replayed: false });
    const [request] = (await peer.requests()).filter(({ method }) => method === 'POST');
    expect(request).toMatchObject({ url: '/v1/transfers', key: 'payout-7-1', body: send.body });
    expect((await peer.transfers())[0]?.metadata).toEqual({ ...metadata, reference: 'payout-7' });
  });
});
