/** Writes a decimal amount as the seed's messages do: without zeros that say nothing, `105` and `95.5`. */
export function plainAmount(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
