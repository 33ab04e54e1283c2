import { request } from './session.js';

/**
 * Follows what happens in a scheme. `EventSource` can send no token, so the stream is read through `fetch`; behind a break it goes on where it was.
 *
 * @param {string} scheme
 * @param {{ readonly connected: () => void, readonly happened: (type: string, data: any) => void }} listener `connected` is called whenever the stream begins.
 * @returns {() => void} Stops.
 */
export function follow(scheme, listener) {
  const stop = new AbortController();
  const place = { last: undefined };
  const run = async () => {
    while (!stop.signal.aborted) {
      await readStream(scheme, { listener, place, signal: stop.signal }).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
  };
  run();
  return () => stop.abort();
}

async function readStream(scheme, { listener, place, signal }) {
  const headers = place.last === undefined ? {} : { 'last-event-id': place.last };
  const answer = await request(`/api/schemes/${scheme}/events`, { headers, signal });
  if (!answer.ok || !answer.body) return;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) tell(block, listener, place);
  }
}

function tell(block, listener, place) {
  const fields = Object.fromEntries(
    block
      .split('\n')
      .filter((line) => /^\w/.test(line))
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]),
  );
  if (fields.id !== undefined) place.last = fields.id;
  if (fields.event === 'hello') listener.connected();
  else if (fields.event !== undefined) listener.happened(fields.event, JSON.parse(fields.data));
}
