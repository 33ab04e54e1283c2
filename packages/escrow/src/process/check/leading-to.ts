/** Gives the places from which some path of steps leads to a target. */
export function leadingTo(
  steps: readonly { readonly from: string; readonly to: string }[],
  targets: ReadonlySet<string>,
): ReadonlySet<string> {
  const reached = new Set(targets);
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const { from, to } of steps) if (reached.has(to)) reached.add(from);
  }
  return reached;
}
