import type { Codec, Json } from '@holdfast/kernel';
import { decodeAttempt, encodeAttempt } from '@holdfast/providers';
import type { Charge } from './charge.ts';
import type { ChargeStepped } from './charge-decider.ts';

/** Writes charges and what happens to them; the text of an operator's reason stands beside the charge, and never in it. */
export const chargeCodec: Codec<Charge, ChargeStepped> = {
  encodeState: writeCharge,
  decodeState: readCharge,
  encodeEvent: ({ type, charge, says, why }) => {
    const said = says === undefined ? {} : { said: { says, why } };
    return { type, version: 1, data: { ...(writeCharge(charge) as object), ...said } as unknown as Json };
  },
  decodeEvent: ({ type, data }) => {
    const { said, ...charge } = data as unknown as { readonly said?: Pick<ChargeStepped, 'says' | 'why'> };
    return { type: type as ChargeStepped['type'], charge: readCharge(charge as Json), ...said, transfers: [] };
  },
};

function writeCharge({ attempts, ...rest }: Charge): Json {
  return { ...rest, attempts: attempts.map(encodeAttempt) } as unknown as Json;
}

function readCharge(json: Json): Charge {
  const { attempts, ...rest } = json as unknown as Omit<Charge, 'attempts'> & { readonly attempts: readonly Json[] };
  return { ...rest, attempts: attempts.map(decodeAttempt) };
}
