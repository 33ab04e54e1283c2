/** What a sample is made of. */
export interface Sample {
  readonly name: string;
  /** As many as its instalments. */
  readonly tickets: number;
  /** The company that conducts it. */
  readonly foreman: string;
}

/** Makes a draft as a foreman sends it, of instalments of 1,000 rupees, with an agreement in which nothing is missing that the Act asks for. */
export function sampleDraft({ name, tickets, foreman }: Sample) {
  const rupees = (amount: string) => ({ amount, currency: 'INR' });
  return {
    name,
    durationMonths: tickets,
    totalAmount: `${tickets}000.00`,
    monthlyInstallment: '1000.00',
    maxSubscribers: tickets,
    startDate: '2026-04-06',
    terms: {
      discount: { maximumBasisPoints: 3_000, minimum: 'commission', step: '50.00', tie: 'earliest', noBids: 'lot' },
    },
    agreement: {
      foreman: {
        name: foreman,
        kind: 'company',
        paidUpCapital: rupees('10000000.00'),
        netOwnedFunds: rupees('10000000.00'),
      },
      security: { governmentSecurities: rupees('100000.00') },
      place: 'The office',
      time: '10:00',
      foremanInstalment: 'none',
      bank: 'An approved bank',
      consequences: 'Interest',
      defaultingWhen: 'Two instalments are overdue',
      inspectionTimes: 'Mondays',
      nominees: 'In writing',
    },
  };
}
