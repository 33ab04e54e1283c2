import type { ScoreEvent } from '@holdfast/chit-score';
import {
  eventModel,
  explainScore,
  nextActions,
  parseScoreEvents,
  type Score,
  score,
  scoreV0,
} from '@holdfast/chit-score';
import { err, ok, type Result } from 'neverthrow';
import { dayOf, daysAfter } from '../day-of.ts';
import type { Trouble } from '../http/respond.ts';
import type { Portal } from '../portal.ts';

/** A score with its reasons, as the API shows it. Points are whole numbers. */
export interface ScoreShown {
  readonly userId: string;
  readonly score: number;
  readonly scaleId: string;
  readonly modelId: string;
  readonly version: string;
  readonly asOf: string;
  readonly status: string;
  readonly provisional: boolean;
  /** In basis points. */
  readonly factors: { readonly [factor: string]: number };
  /** The seed's formula on the same factors. */
  readonly seedScore: number;
  readonly lost: number;
  readonly reasons: readonly {
    readonly code: string;
    readonly factor: string;
    readonly points: number;
    readonly evidence: readonly string[];
    readonly whatWouldHelp: unknown;
  }[];
  readonly overlays: readonly { readonly code: string; readonly cap: number; readonly points: number }[];
  readonly sentences: readonly string[];
  readonly nextActions: readonly { readonly action: unknown; readonly gain: number; readonly laterGain: number }[];
}

/** Reads what happened to a member: in the order of the journal and of his profile. */
async function readScoreEvents({ database }: Pick<Portal, 'database'>, userId: string): Promise<readonly ScoreEvent[]> {
  const rows = await database
    .selectFrom('score_events')
    .select('event')
    .where('user_id', '=', userId)
    .orderBy('position')
    .execute();
  const events = parseScoreEvents(rows.map(({ event }) => JSON.parse(event)));
  if (events.isErr()) throw new Error(`the score events of ${userId} cannot be read: ${events.error.code}`);
  return events.value;
}

/** Computes the score of a member as of a day. */
export async function scoreMember(portal: Portal, userId: string, asOf: string): Promise<Score> {
  const computed = score(eventModel, await readScoreEvents(portal, userId), { asOf });
  if (computed.isErr()) throw new Error(`no score of ${userId}: ${computed.error.code}`);
  return computed.value;
}

/**
 * Shows the score of a member as of today in India, with its reasons and what would raise it.
 *
 * @errors
 * - what the model refuses.
 */
export async function showScore(portal: Portal, userId: string): Promise<Result<ScoreShown, Trouble>> {
  await portal.feed.caughtUp();
  const asOf = dayOf(portal.clock());
  const events = await readScoreEvents(portal, userId);
  const computed = score(eventModel, events, { asOf });
  if (computed.isErr()) return err(computed.error);
  const actions = nextActions(eventModel, events, { asOf, laterOn: daysAfter(asOf, 30) });
  if (actions.isErr()) return err(actions.error);
  const seed = scoreV0(computed.value.factors);
  if (seed.isErr()) return err(seed.error);
  const { reasons, overlays, factors, ...rest } = computed.value;
  return ok({
    userId,
    score: Number(rest.score),
    scaleId: rest.scaleId,
    modelId: rest.modelId,
    version: rest.version,
    asOf,
    status: rest.status,
    provisional: rest.provisional,
    factors: Object.fromEntries(Object.entries(factors).map(([name, bps]) => [name, Number(bps)])),
    seedScore: Number(seed.value.score),
    lost: Number(rest.lost),
    reasons: reasons.map((reason) => ({
      ...reason,
      points: Number(reason.points),
      whatWouldHelp: reason.whatWouldHelp,
    })),
    overlays: overlays.map(({ code, cap, points }) => ({ code, cap: Number(cap), points: Number(points) })),
    sentences: explainScore(computed.value).sentences,
    nextActions: actions.value.slice(0, 5).map(({ help, gain, laterGain }) => {
      return { action: help, gain: Number(gain), laterGain: Number(laterGain) };
    }),
  });
}
