import { describe, expect, it } from 'vitest';
import { runLaw, whyNotRun } from '../laws/run-laws.ts';
import { faultyProviders } from './faulty-providers.ts';
import { providerLaws } from './provider-laws.ts';

const repeats = 'makes one request for one send, and repeats none by itself';

/** For each law, mistakes that it must catch. */
const catches: { readonly [law: string]: readonly string[] } = {
  'describes itself in plain data, with what it can do': ['descriptor-with-code'],
  'encodes the same operation as the same bytes, and another as others': ['body-with-a-clock', 'body-without-metadata'],
  'executes a send once and tells of it in every field, to the last minor unit': [
    'amount-in-doubles',
    'always-two-decimals',
    'metadata-lost',
    'other-mode',
  ],
  'sends nothing for a kind of operation that it cannot do': ['refused-is-silence', 'sends-anything'],
  [`${repeats}: lost_answer`]: ['repeats-by-itself'],
  [`${repeats}: server_error`]: ['repeats-by-itself'],
  [`${repeats}: throttled`]: ['repeats-throttles'],
  [`${repeats}: unreadable`]: ['repeats-by-itself'],
  [`${repeats}: key_in_use`]: ['repeats-by-itself'],
  'answers a probe, and moves nothing by it': ['probe-pays'],
  'gives one key one effect, and the same object again': ['mark-forgotten', 'key-for-each-call'],
  'gives twenty sends of one key at once one effect': ['key-for-each-call'],
  'gives two keys two effects': ['key-of-the-reference'],
  'calls a key with other bytes a conflict, and moves nothing for it': ['key-conflict-is-a-no', 'key-for-each-call'],
  'keeps a key for as long as it promises, less an hour': ['forgets-keys-early', 'key-for-each-call'],
  'gives a no that it keeps again under its key, and moves nothing for it later': ['mark-forgotten', 'no-is-not-kept'],
  'keeps nothing of what it refuses before its keys: the same key then works': ['keeps-throttles'],
  'says that nothing was sent where no connection is had': ['refused-is-silence'],
  'calls a throttle a no that nobody keeps': ['throttle-is-kept'],
  'calls refused credentials a no that nobody keeps, and advises to close the provider': [
    'throttle-is-kept',
    'advice-is-always-later',
  ],
  'does not know where a key is in use': ['throws', 'repeats-by-itself'],
  'calls a business no a no that is kept': ['no-is-not-kept'],
  'advises to mend a destination that is not there': ['advice-is-always-later'],
  'advises to hold a payee who may not receive': ['advice-is-always-later'],
  'does not know after a 5xx, though nothing was done': ['server-error-is-a-no'],
  'does not know after a 5xx, though all was done': ['server-error-is-a-no'],
  'does not know where the answer was lost': ['unknown-is-a-no', 'throws'],
  'does not know where a success cannot be read': ['unreadable-is-not-sent'],
  'calls another amount than was asked for a conflict, and tells what moved': ['conflict-is-accepted'],
  'calls a shortage of our balance a no, and advises to fund it': ['advice-is-always-later'],
  'finds by look-up what an answer did not tell: lost_answer': ['lags-in-secret'],
  'finds by look-up what an answer did not tell: server_error_done': ['lags-in-secret'],
  'finds by look-up what an answer did not tell: unreadable': ['lags-in-secret'],
  'neither throws nor says no to what moved, whatever breaks on the way of a send': ['unknown-is-a-no', 'throws'],
  'gives a key one effect, whatever breaks on the way of its first send': ['key-for-each-call'],
  'says of a look-up, a list and a probe that they failed, and never that there is nothing, whatever breaks on the way':
    ['failed-look-up-is-absence'],
  'gives up when it is told to, and says no more than it knows': ['deaf-to-signals'],
  'finds every object of a reference, on every page, whatever attempt it was for': ['first-page-only'],
  'finds nothing of another reference, not even of one that begins alike': ['looks-up-by-prefix'],
  'calls absence conclusive only where its look-up is strong': ['absence-from-a-lag'],
  'finds at once what it executed, where its look-up is strong': ['lags-in-secret'],
  'tells of one object alike in its answer, in a look-up and in a list': ['lags-in-secret'],
  'lists what was made, oldest first, page by page, and loses and repeats none': ['list-loses-page-ends'],
  'lists a window that begins with its first instant and ends before its last': [
    'list-ends-inclusive',
    'list-newest-first',
  ],
  'tells of returns one by one, each under a name of its own': ['returns-summed'],
};

const pairs = Object.entries(catches).flatMap(([law, faults]) => faults.map((fault) => [law, fault] as const));

describe('providerLaws catch each mistake', () => {
  it.each(pairs)('%s: %s', async (name, fault) => {
    const law = providerLaws.find((each) => each.name === name);
    const faulty = faultyProviders.find((each) => each.name === fault);
    if (!law || !faulty) throw new Error(`there is no law "${name}" or no mistake "${fault}"`);
    expect(whyNotRun(law, faulty.harness)).toBeUndefined();
    expect((await runLaw(law, faulty.harness)).outcome).toBe('broken');
  });

  it('lets no mistake pass', () => {
    const caught = new Set(pairs.map(([, fault]) => fault));
    expect(faultyProviders.filter(({ name }) => !caught.has(name))).toEqual([]);
  });

  it('has no law that was never seen to be broken', () => {
    expect(providerLaws.filter(({ name }) => !(name in catches))).toEqual([]);
  });

  it('knows each mistake by a name of its own', () => {
    expect(new Set(faultyProviders.map(({ name }) => name)).size).toBe(faultyProviders.length);
  });
});
