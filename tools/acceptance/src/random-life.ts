import { addDuration, hours } from '@holdfast/kernel';
import { money, usd } from '@holdfast/money';
import { createRandom, type Random } from '@holdfast/testkit';
import { contractor, customer, type Ended, type Marketplace, operator, START } from './marketplace.ts';

/** Plays a random history of a seed; the same seed asks the same, so two stores have to answer the same. */
export async function playRandomLife(market: Marketplace, seed: number, length: number): Promise<readonly string[]> {
  const random = createRandom(seed);
  const answers: string[] = [];
  let now = START;
  for (let index = 0; index < length; index++) {
    if (random.chance(15)) now = addDuration(now, hours(random.integer(120)));
    market.at(now);
    // A key comes back now and then, with the same command or another one.
    const key = `k${random.chance(8) ? random.integer(index + 1) : index}`;
    const answer = await playStep(market, random, key);
    answers.push(
      answer.isOk() ? `${answer.value.status} ${answer.value.sequence} ${answer.value.digest}` : answer.error.code,
    );
    if (random.chance(20)) await market.book.runDueTasks();
  }
  return answers;
}

function playStep(market: Marketplace, random: Random, key: string): Promise<Ended> {
  const { offers } = market;
  const id = `o${random.integer(3)}`;
  const amount = money(BigInt(random.pick([1, 999, 1_000, 3_333, 10_000, 1_000_000, 1_000_001])), usd);
  const by = random.pick([customer, contractor, operator]);
  switch (random.integer(8)) {
    case 0:
    case 1:
      return market.deposit(amount, key);
    case 2:
      return market.withdraw(amount, key);
    case 3: {
      const parties = { customer: customer.id, contractor: contractor.id };
      return offers.execute(
        id,
        { type: 'SendOffer', parties, reference: `j${random.integer(2)}`, amount },
        { actor: random.chance(90) ? customer : by, key },
      );
    }
    case 4:
      return offers.execute(id, { type: 'AcceptOffer' }, { actor: random.chance(90) ? contractor : by, key });
    case 5:
      return offers.execute(
        id,
        { type: 'RejectOffer', reason: random.pick(['', 'no', 'über „Preis“ 🙂']) },
        { actor: contractor, key },
      );
    case 6:
      return offers.execute(id, { type: 'CancelOffer' }, { actor: by, key });
    default:
      return offers.execute(id, { type: 'CompleteJob' }, { actor: by, key });
  }
}
