/** Writes a unit's sequence so that texts sort as the numbers do: 16 digits hold every safe integer. */
export function positionOf(sequence: number): string {
  return String(sequence).padStart(16, '0');
}
