import { clockActor } from '@holdfast/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { booking, jobOffer, type ProcessEvent, runProcess, simpleSale, type Whole } from '../src/index.ts';
import { anyCommandOf } from '../src/testing/index.ts';
import { ask } from './ask.ts';
import { escrowInFull } from './processes/escrow-in-full.ts';
import { rental } from './rental.ts';

const numRuns = Number(process.env.HOLDFAST_RUNS ?? 100);
const TIMEOUT_MS = 30_000 + numRuns * 50;
const roles = [
  'customer',
  'contractor',
  'buyer',
  'seller',
  'tenant',
  'landlord',
  'arbiter',
  'operator',
  'gateway',
  'provider',
];
const anyActor = fc.oneof(
  fc.constantFrom(...roles).map((role) => ({ id: `${role}-1`, role })),
  fc.constant(clockActor),
);
const anyInstant = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

describe.each([jobOffer, simpleSale, rental, booking, escrowInFull])(
  'law: $kind answers everything',
  ({ definition }) => {
    const declared = runProcess(definition);
    const anyStep = fc.record({ command: anyCommandOf(definition), actor: anyActor, at: anyInstant });

    it(
      'without an exception, the same each time, with a refusal that it documents',
      () => {
        fc.assert(
          fc.property(fc.array(anyStep, { minLength: 1, maxLength: 30 }), (steps) => {
            let state: Whole | undefined;
            for (const { command, actor, at } of steps) {
              const answer = ask<Whole, ProcessEvent>(declared, { id: 'P1', state }, command, { actor, at });
              expect(ask<Whole, ProcessEvent>(declared, { id: 'P1', state }, command, { actor, at })).toEqual(answer);
              if (answer.isOk()) state = answer.value.state;
              else expect(declared.refusalsOf(command.type).map(({ code }) => code)).toContain(answer.error.code);
            }
          }),
          { numRuns },
        );
      },
      TIMEOUT_MS,
    );
  },
);
