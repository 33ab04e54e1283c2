import type { StripePeerControl } from './control.ts';

/** Runs a call of the control that came over the wire; amounts beyond JSON are texts that end in `n`. */
export async function runCall(control: StripePeerControl, body: string): Promise<unknown> {
  const { call, args } = readWire(body) as { call: keyof StripePeerControl; args: unknown[] };
  try {
    const run = control[call] as (...args: readonly unknown[]) => Promise<unknown>;
    return { result: toWire((await run(...args)) ?? null) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

/** Makes a value fit for JSON. */
export function toWire(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? { bigint: `${one}` } : one)));
}

/** Reads what {@link toWire} wrote. */
export function readWire(text: string): unknown {
  return JSON.parse(text, (_, one: unknown) =>
    typeof one === 'object' && one !== null && 'bigint' in one ? BigInt(String(one.bigint)) : one,
  );
}
