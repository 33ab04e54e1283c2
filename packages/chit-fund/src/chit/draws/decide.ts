import { addDuration, type Context, minutes } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { type BidRefusal, whyNoBids } from '../../draw/check-bid.ts';
import { type DrawRefusal as DecideRefusal, decideDraw } from '../../draw/decide-draw.ts';
import type { BidInvalid, ConsentMissing } from '../../draw/refusals.ts';
import type { RevealRefusal } from '../../draw/reveal-bid.ts';
import { addDays } from '../../terms/calendar.ts';
import { type ChitEnvironment, dayOf } from '../environment.ts';
import type {
  BiddingOver,
  ChitCurrencyDiffers,
  ChitNotDue,
  ChitWrongPhase,
  DrawWrongState,
  InstalmentWrongStatus,
  LotCommitmentMissing,
  PrizeWrongStatus,
  QuorumMissing,
  RedrawNotPossible,
  TicketUnknown,
} from '../refusals.ts';
import { isUnderAct, schemeOf } from '../scheme-of.ts';
import type { Chit, InstalmentStatus, OpenedDraw, Phase } from '../state.ts';
import type { AdjournDraw, CloseDraw, DrawCommand, FileMinutes, OpenDraw, RecordMinutes } from './commands.ts';
import { decideCommitBid, decidePlaceBid, decideRevealBid } from './decide-bid.ts';
import { decideVoid } from './decide-void.ts';
import { settingOf } from './eligible.ts';
import type { DrawEvent } from './events.ts';

/** Why a command about draws is refused, in order of precedence. */
export type DrawsRefusal =
  | ChitWrongPhase
  | TicketUnknown
  | DrawWrongState
  | BiddingOver
  | ChitNotDue
  | QuorumMissing
  | LotCommitmentMissing
  | ConsentMissing
  | BidInvalid
  | ChitCurrencyDiffers
  | BidRefusal
  | RevealRefusal
  | DecideRefusal
  | InstalmentWrongStatus
  | PrizeWrongStatus
  | RedrawNotPossible;

/** What a command about draws comes to. */
export type DrawDecided = Result<readonly DrawEvent[], DrawsRefusal>;

/**
 * Decides what happens at draws.
 *
 * @source docs/rules/chit-fund.md, CF-34
 */
export function decideDraws(
  chit: Chit,
  command: DrawCommand,
  context: Context,
  environment: ChitEnvironment,
): DrawDecided {
  const { phase, draw } = chit;
  const { id } = context;
  const allowed = LATER.includes(command.type) ? RUNNING_OR_MATURED : RUNNING;
  if (!allowed.includes(phase)) return err({ code: 'chit_wrong_phase', chit: id, phase, allowed });
  switch (command.type) {
    case 'OpenDraw':
      return decideOpen(chit, command, context, environment);
    case 'AdjournDraw':
      return decideAdjourn(chit, command, context, environment);
    case 'RecordMinutes':
    case 'FileMinutes':
      return decideMinutes(chit, command);
    case 'VoidDraw':
      return decideVoid(chit, command, context, environment);
  }
  if (!draw) return err(wrongState(chit, nextInstalment(chit)));
  switch (command.type) {
    case 'PlaceBid':
      return decidePlaceBid(chit, draw, command, context, environment);
    case 'CommitBid':
      return decideCommitBid(chit, draw, command, context, environment);
    case 'RevealBid':
      return decideRevealBid(chit, draw, command, context, environment);
    case 'EndBidding': {
      const { instalment, closesAt = context.at, ended } = draw;
      if (ended) return err({ code: 'bidding_over', instalment, why: 'ended' });
      if (context.at < closesAt) return err({ code: 'bidding_over', instalment, why: 'not_over' });
      return ok([{ type: 'BiddingEnded', instalment }]);
    }
    case 'CloseDraw':
      return decideClose(chit, draw, command, context, environment);
  }
}

/** Gives the instalment whose draw comes next: the oldest one that was adjourned or declared void, or the first that was not begun; 0 for none. */
function nextInstalment({ instalments, terms }: Pick<Chit, 'instalments' | 'terms'>): number {
  const again = instalments.findIndex(({ status }) => status === 'adjourned');
  if (again >= 0) return again + 1;
  return instalments.length < terms.instalments ? instalments.length + 1 : 0;
}

function decideOpen(chit: Chit, command: OpenDraw, { at }: Context, environment: ChitEnvironment): DrawDecided {
  const { instalment, commitment, present, minutes: lasts, recording } = command;
  const before = chit.instalments.slice(0, instalment - 1);
  const known = chit.instalments[instalment - 1];
  const isNext = known ? known.status === 'adjourned' : instalment === chit.instalments.length + 1;
  const fits = isNext && instalment <= chit.terms.instalments && before.every(({ money }) => money !== undefined);
  if (chit.draw || !fits) return err(wrongState(chit, instalment));
  const today = dayOf(at, environment);
  const from = schemeOf(chit).drawDays[instalment - 1] ?? today;
  if (today < from) return err({ code: 'chit_not_due', instalment, from, today });
  const setting = settingOf(chit, instalment, today);
  const noBids = whyNoBids(setting);
  const alone = noBids === 'company_chit' || noBids === 'last_ticket';
  const persons = new Set(chit.tickets.flatMap(({ holders }) => holders.map(({ person }) => person)));
  const least = alone || !isUnderAct(chit) ? 0 : Math.min(environment.quorum, persons.size);
  const here = present.filter((person, index) => persons.has(person) && present.indexOf(person) === index).length;
  if (here < least) return err({ code: 'quorum_missing', present: here, least });
  const { type } = chit.terms.method;
  if (commitment === undefined && !alone && type !== 'fixed_order' && mayNeedLot(chit))
    return err({ code: 'lot_commitment_missing', instalment });
  const draw: OpenedDraw = {
    instalment,
    sequence: (known?.sequence ?? 0) + 1,
    openedAt: at,
    ended: false,
    present,
    next: 1,
    bids: [],
    sealed: [],
    ...(lasts === undefined ? {} : { closesAt: addDuration(at, minutes(lasts)) }),
    ...(commitment === undefined ? {} : { commitment }),
  };
  return ok([{ type: 'DrawOpened', draw, ...(recording === undefined ? {} : { recording }) }]);
}

/** Fixed prizes may be won in an agreed order, too. */
function mayNeedLot({ terms: { method } }: Chit): boolean {
  return !('by' in method) || method.by === 'lot';
}

function decideClose(
  chit: Chit,
  draw: OpenedDraw,
  { seed = '', words = [] }: CloseDraw,
  { id, at }: Context,
  environment: ChitEnvironment,
): DrawDecided {
  const { instalment, sequence, commitment = '' } = draw;
  const setting = settingOf(chit, instalment, dayOf(at, environment));
  const sealed = draw.sealed.flatMap(({ bid }) => (bid ? [bid] : []));
  const decided = decideDraw({
    ...setting,
    draw: `${id}/${instalment}/${sequence}`,
    bids: [...draw.bids, ...sealed],
    lot: { commitment, seed, words },
  });
  return decided.map((result): readonly DrawEvent[] => {
    if (result.result === 'adjourned') return [{ type: 'DrawAdjourned', instalment, why: result.why }];
    const { wins, tied, lot } = result;
    const { eligible } = setting;
    return [
      { type: 'DrawDeclared', instalment, sequence, at, wins, tied, eligible, ...(lot === undefined ? {} : { lot }) },
    ];
  });
}

function decideAdjourn(
  chit: Chit,
  { instalment, why }: AdjournDraw,
  { at, actor }: Context,
  environment: ChitEnvironment,
): DrawDecided {
  const known = chit.instalments[instalment - 1];
  const isOpen = chit.draw?.instalment === instalment;
  const isNext = !known && instalment === chit.instalments.length + 1 && instalment <= chit.terms.instalments;
  if (!isOpen && !isNext) return err(wrongState(chit, instalment));
  const today = dayOf(at, environment);
  const from = addDays(schemeOf(chit).drawDays[instalment - 1] ?? today, 1);
  if (actor.role === 'clock' && (isOpen || today < from)) return err({ code: 'chit_not_due', instalment, from, today });
  return ok([{ type: 'DrawAdjourned', instalment, why }]);
}

function decideMinutes(chit: Chit, command: RecordMinutes | FileMinutes): DrawDecided {
  const { instalment } = command;
  const known = chit.instalments[instalment - 1];
  const records = command.type === 'RecordMinutes';
  const fits = known?.declaredAt !== undefined && known.minutes === (records ? undefined : 'recorded');
  if (!fits) return err({ code: 'instalment_wrong_status', instalment, status: statusOf(chit, instalment) });
  return ok([
    records
      ? { type: 'MinutesRecorded', instalment, signedBy: command.signedBy }
      : { type: 'MinutesFiled', instalment },
  ]);
}

/** Gives how far an instalment is. */
export function statusOf({ instalments }: Pick<Chit, 'instalments'>, instalment: number): InstalmentStatus {
  return instalments[instalment - 1]?.status ?? 'scheduled';
}

function wrongState(chit: Chit, instalment: number): DrawWrongState {
  const next = chit.draw?.instalment ?? nextInstalment(chit);
  return { code: 'draw_wrong_state', instalment, next, status: statusOf(chit, instalment) };
}

const RUNNING: readonly Phase[] = ['running'];
const RUNNING_OR_MATURED: readonly Phase[] = ['running', 'suspended', 'matured'];
const LATER: readonly DrawCommand['type'][] = ['RecordMinutes', 'FileMinutes', 'VoidDraw'];
