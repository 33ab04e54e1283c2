import type { DrawSetting } from './draw.ts';

/**
 * Leaves out the foreman's ticket until it has taken the company chit: it contends in no draw before, nor for another prize of that instalment.
 *
 * @param setting - Checked.
 * @returns The setting of those who contend for the prizes.
 * @source docs/rules/chit-fund.md, CF-21
 */
export function contending<Setting extends DrawSetting>(setting: Setting): Setting {
  const { scheme, instalment, foremanTicket, unprized, eligible } = setting;
  const companyChit = scheme.terms.companyChit?.instalment;
  if (companyChit === undefined || instalment > companyChit) return setting;
  const others = (tickets: readonly number[]): readonly number[] => tickets.filter((one) => one !== foremanTicket);
  return { ...setting, unprized: others(unprized), eligible: others(eligible) };
}
