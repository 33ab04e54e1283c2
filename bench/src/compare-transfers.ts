import type { Spread } from './accounts.ts';
import { closedLoop, type LoopResult } from './closed-loop.ts';
import { fundedBook } from './holdfast-transfers.ts';
import { interactive, prepareInteractive } from './interactive-transfers.ts';
import { schemas } from './schemas.ts';

/** One number of callers on one spread: ours beside the best pool size of the interactive way. */
export interface Comparison {
  readonly spread: Spread;
  readonly holdfast: LoopResult;
  readonly interactive: LoopResult & { readonly pool: number };
  readonly ratio: number;
}

/** Measures each pair one right after the other, so that both meet the same machine. */
export async function compareTransfers(
  url: string,
  seconds: number,
  say: (text: string) => void,
): Promise<readonly Comparison[]> {
  await prepareInteractive(url);
  const rows: Comparison[] = [];
  for (const spread of ['wide', 'hot'] as const) {
    for (const callers of [1, 20, 200, 1_000]) {
      say(`transfers, ${spread}, ${callers} callers`);
      const holdfast = await runHoldfast(url, { spread, callers, seconds });
      const best = await bestInteractive(url, { spread, callers, seconds });
      rows.push({
        spread,
        holdfast,
        interactive: best,
        ratio: Math.round((holdfast.perSecond / best.perSecond) * 100) / 100,
      });
    }
  }
  return rows;
}

interface Run {
  readonly spread: Spread;
  readonly callers: number;
  readonly seconds: number;
}

async function runHoldfast(url: string, { spread, callers, seconds }: Run): Promise<LoopResult> {
  const book = await fundedBook(url, schemas.transfers, `${spread}-${callers}`);
  const result = await closedLoop((index) => book.transfer(index, spread), { callers, seconds });
  await book.close();
  return result;
}

async function bestInteractive(
  url: string,
  { spread, callers, seconds }: Run,
): Promise<LoopResult & { readonly pool: number }> {
  let best: (LoopResult & { readonly pool: number }) | undefined;
  for (const pool of callers === 1 ? [1] : [10, 20, 40]) {
    const way = interactive(url, pool);
    const result = { ...(await closedLoop((index) => way.transfer(index, spread), { callers, seconds })), pool };
    await way.close();
    if (!best || result.perSecond > best.perSecond) best = result;
  }
  return best as LoopResult & { readonly pool: number };
}
