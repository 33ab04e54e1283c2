import { holdMoney } from '@holdfast/ledger';
import { usd } from '@holdfast/money';
import { book, chart } from './wallet.example.ts';

//#region hold
const holds = book.use(holdMoney);
const actor = { id: '42', role: 'customer' };
const user = '42';

export const held = await holds.execute(
  'booking-7',
  {
    type: 'HoldMoney',
    from: chart.account('users:{user}:available', { user }),
    held: chart.account('users:{user}:held', { user }),
    amount: usd('30'),
  },
  { actor, key: 'hold:booking-7' },
);

export const captured = await holds.execute(
  'booking-7',
  { type: 'CaptureHold', to: chart.account('platform:fees:earned'), amount: usd('12'), final: true },
  { actor, key: 'capture:booking-7' },
);
//#endregion hold
