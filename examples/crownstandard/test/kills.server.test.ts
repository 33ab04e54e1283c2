import { postgresUrl } from '@holdfast/embedded-server/vitest';
import { expect, it } from 'vitest';
import { killWorkers } from './kills/kill-workers.ts';

const KILLS = Number(process.env.HOLDFAST_KILLS ?? 20);
const SEED = Number(process.env.HOLDFAST_SEED ?? 20_260_301);

it('pays each obligation once, by the peer’s own book, though its worker is killed again and again', async () => {
  const report = await killWorkers({ url: postgresUrl(), seed: SEED, kills: KILLS });
  expect(report.problems).toEqual([]);
  expect(report.kills).toHaveLength(KILLS);
  expect(report.transfers).toBeGreaterThan(KILLS);
  const sending = report.kills.filter(({ moments }) => moments.some((moment) => ON_THE_WAY.has(moment)));
  expect(sending.length, 'kills that met a payout on its way').toBeGreaterThan(KILLS / 4);
}, 1_200_000);

const ON_THE_WAY: ReadonlySet<string> = new Set([
  'in the append of the intent',
  'stored, not yet sent',
  'during the send',
  'answered, not yet reported',
  'in the append of the report',
]);
