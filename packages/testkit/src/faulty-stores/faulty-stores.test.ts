import { describe, expect, it } from 'vitest';
import { equalityLawName } from '../laws/history-laws.ts';
import { runLaw, whyNotRun } from '../laws/run-laws.ts';
import { storeLaws } from '../laws/store-laws.ts';
import { faultyStores } from './faulty-stores.ts';
import { plainHarness } from './plain-harness.ts';

/** For each law, mistakes that it must catch. Equality with the memory store is left out on purpose: no other law may lean on it. */
const catches: { readonly [law: string]: readonly string[] } = {
  'finds an unknown book at genesis, with nothing in it': ['load-writes'],
  'appends every part of a batch and loads it back': ['keys-not-stored', 'line-dropped', 'sign-lost'],
  'streams every row of a batch, in order of its name and then of its sequence': ['line-dropped', 'bytes-reordered'],
  'appends nothing at a head that is not the newest': ['head-ignored'],
  'appends nothing at the right number with another digest': ['digest-ignored', 'sequence-for-head'],
  'moves the number alone with a fence, which stops an append that was on its way': [
    'number-ignored',
    'sequence-for-head',
    'fence-skipped',
  ],
  'writes a batch whole or not at all where a key is there already': [
    'half-on-error',
    'duplicate-is-silent',
    'keys-not-unique',
  ],
  'refuses a batch that has one key twice': ['keys-not-unique'],
  'keeps keys apart by scope and by book': ['keys-unscoped', 'keys-across-books'],
  'shows no trace of batching: units and rows are the same however they were batched': [
    'claims-overwritten',
    'moved-stays',
  ],
  'numbers units densely from 1, and every digest is of the one before': ['sequence-gap', 'bytes-reordered'],
  'keeps with every batch how the book itself stands: closed periods, epoch and format': [
    'period-not-loaded',
    'epoch-not-kept',
    'format-of-the-code',
    'fence-forgets-the-book',
    'old-batches-forget-the-book',
    'one-standing-for-all',
  ],
  'lets nothing take effect in a period that was closed, in any book on the data': [
    'period-not-loaded',
    'format-of-the-code',
  ],
  'begins an epoch at the unit that it names and at no other, for every book on the data': [
    'epoch-not-kept',
    'sequence-gap',
  ],
  'gives units after a sequence, oldest first, with the head': ['units-from-inclusive', 'head-of-page'],
  'keeps amounts and balances to 38 digits exact, above and below zero': [
    'through-double',
    'cut-to-18-digits',
    'sign-lost',
  ],
  'keeps books apart: what happens in one shows in no other': ['balances-stale'],
  'is not changed by a caller who changes what it gave': ['shares-what-it-took'],
  'is not changed by a caller who changes what it got': ['shares-what-it-gave'],
  'gives a record as it stands, and as it stood after any unit': ['oldest-record-wins', 'as-of-ignored'],
  'lets the last of several units in one batch stand': ['first-of-batch-stands'],
  'gives the last of several lines of one account in one unit as its balance': ['line-dropped', 'ordinal-as-text'],
  'hands a claim on: taken, given back, and taken by another in the unit that gives it back': [
    'claims-not-given-back',
    'claims-overwritten',
  ],
  'loads the accounts that a record touches, which never changes an answer': ['touches-not-loaded'],
  'shows an account that opened without a line, at zero': ['account-needs-a-line'],
  'erases texts for good, and the chain stays as it is': ['erased-is-hidden', 'erased-comes-back'],
  'lists accounts by prefix, page by page, in order of their key by code unit': ['prefix-is-pattern'],
  'lists accounts as they stood after any unit': ['balance-as-of-ignored'],
  'lists records of one kind by id and by the status in which they stand': ['status-before-newest', 'kind-is-prefix'],
  'lists the lines of one account, newest or oldest first, page by page': ['ordinal-lost', 'page-skips-a-row'],
  'loses and repeats no line of a page while others write': ['page-by-offset', 'page-skips-a-row'],
  'goes on after a record that has left the list meanwhile': ['records-by-offset'],
  'says with every page of which sequence it is': ['page-of-its-rows'],
  'leases what is due, oldest first, and nothing that is not': ['due-too-early', 'due-too-late'],
  'leases a task to one worker at a time, however many ask': ['leased-twice', 'lease-ignored'],
  'leases a task again after its lease, and counts the attempts': [
    'lease-never-ends',
    'attempts-not-counted',
    'lease-without-proof',
  ],
  'leases a task that was given back when its time has come, not before': ['rest-ignored'],
  'parks a task with its reason until it is let go again': ['parked-comes-back'],
  'drops a task that a unit finished, and moves one that a unit put again': ['finished-stays', 'moved-stays'],
  'drops a task that a unit finished while a worker had it': ['finished-stays'],
  'is fair between books: one with many due tasks does not keep another waiting': ['unfair-books'],
  'lets exactly one of twenty appends at one head through': ['head-ignored', 'head-checked-too-early'],
  'loads one moment while others write: balances and units of the head it gives': [
    'loaded-in-two-moments',
    'locked-then-old-balances',
  ],
  'keeps others out while it is locked: what was loaded then can be appended': [
    'lock-not-exclusive',
    'lock-only-among-lockers',
  ],
  'lets one at a time have the lock of a book, and others have theirs': ['lock-not-exclusive', 'one-lock-for-all'],
  'lets go of the lock when the work throws, and says so': ['lock-leaks', 'throw-becomes-fault'],
  'hears under the lock that a head has moved, and can load and append again': ['head-ignored'],
  'replays a key with the same command, and refuses it with another, in any book on the data': [
    'keys-not-stored',
    'keys-unscoped',
  ],
  'gives one effect to a key that twenty callers ask for at once, through four books': ['keys-not-stored'],
  'gives two hundred callers on one record their turns, in the order in which they came': ['oldest-record-wins'],
  'lets spenders reach a floor and never pass it, through four books': [
    'head-ignored',
    'balances-stale',
    'keys-by-prefix',
  ],
  'conserves money and loses no update when four books write at once': ['head-ignored', 'error-is-success'],
  'finishes every unit when units touch two accounts in opposite orders': ['head-ignored', 'error-is-success'],
  'writes nothing for what is refused, and does not disturb its neighbours of the round': ['keys-by-prefix'],
  'writes nothing for a preview': ['load-writes'],
  'tells who comes when the queue is full, and has no effect for them': ['balances-stale'],
  'finishes what was accepted when it closes, and accepts nothing after': ['error-says-none', 'error-is-success'],
  'carries out each deadline once, however many workers sweep': ['touches-not-loaded', 'due-too-late'],
  'answers everybody with one effect when its connections are cut while it works': ['keys-not-stored', 'sequence-gap'],
  'sees what another book wrote since its own last unit: balances, records and claims': [
    'balances-stale',
    'claims-not-given-back',
  ],
  'forgets what it kept when the numbers of its batches come back with other content': ['keys-across-books'],
  "in a host's transaction: stands when the host commits, together with what the host wrote": [
    'commit-forgets-the-book',
  ],
  "in a host's transaction: leaves nothing when the host rolls back, kept balances included": [
    'rollback-leaves-units',
    'on-its-own-connection',
  ],
  "in a host's transaction: reads a record as the transaction has left it so far": [
    'rollback-leaves-units',
    'on-its-own-connection',
  ],
  "in a host's transaction: leaves the transaction usable after a refusal": ['commit-forgets-the-book'],
  "in a host's transaction: leaves the transaction usable after a batch that the store refuses": ['no-savepoint'],
  "in a host's transaction: keeps everybody else out until the host ends its transaction": [
    'host-locks-nothing',
    'on-its-own-connection',
  ],
  'gives a unit one effect when the answer of its append is lost: after it was done': [
    'keys-not-stored',
    'batch-written-twice',
  ],
  'gives a unit one effect when the answer of its append is lost: before it arrived': [
    'error-is-success',
    'sequence-gap',
  ],
  'gives a unit one effect when the answer of its append is lost: while it is on its way, and it arrives later': [
    'head-ignored',
    'number-ignored',
  ],
  'gives every key one effect when answers are lost at random under many callers': [
    'keys-not-stored',
    'error-is-success',
  ],
  'says that the effect is unknown when the deadline is over, and the same key then tells': ['keys-not-stored'],
  'stands by a refusal given in doubt: what is on its way cannot contradict it': ['fence-skipped', 'number-ignored'],
  'has all or nothing of a command when the process dies at any store call, and its retry one effect': [
    'keys-not-stored',
    'keys-across-books',
  ],
  'law: every answer, balance, seat and unit is what a model of maps and integers says': [
    'keys-not-stored',
    'keys-unscoped',
    'error-is-success',
  ],
  'law: a journal re-derives its own rows after any history': ['ordinal-lost', 'sequence-gap', 'batch-written-twice'],
};

/** Laws that no mistake of a store can break, with why. */
const unbreakable: { readonly [law: string]: string } = {
  [equalityLawName]: 'it may catch anything, so it must not be what catches a mistake',
  "in a host's transaction: throws at once where the host asks the book itself instead of what it was given":
    'the kernel answers for it alone',
};

const pairs = Object.entries(catches).flatMap(([law, faults]) => faults.map((fault) => [law, fault] as const));

describe('storeLaws catch each mistake', () => {
  it.each(pairs)('%s: %s', { timeout: 60_000 }, async (name, fault) => {
    const law = storeLaws.find((each) => each.name === name);
    const faulty = faultyStores.find((each) => each.name === fault);
    if (!law || !faulty) throw new Error(`there is no law "${name}" or no mistake "${fault}"`);
    const harness = plainHarness(fault, faulty.create);
    expect(whyNotRun(law, harness)).toBeUndefined();
    expect((await runLaw(law, harness)).outcome).toBe('broken');
  });

  it('lets no mistake pass', () => {
    const caught = new Set(pairs.map(([, fault]) => fault));
    expect(faultyStores.filter(({ name }) => !caught.has(name))).toEqual([]);
  });

  it('has no law that was never seen to be broken', () => {
    expect(storeLaws.filter(({ name }) => !(name in catches || name in unbreakable))).toEqual([]);
  });

  it('knows at least forty mistakes, each by a name of its own', () => {
    expect(new Set(faultyStores.map(({ name }) => name)).size).toBe(faultyStores.length);
    expect(faultyStores.length).toBeGreaterThanOrEqual(40);
  });
});
