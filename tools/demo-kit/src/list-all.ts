import type { Result } from 'neverthrow';
import { DemoFailed } from './demo-failed.ts';

/** Something whose records can be listed. */
interface Listed<State> {
  list(query: { readonly limit: number; readonly after?: string }): Promise<
    Result<
      {
        readonly rows: readonly { readonly id: string; readonly state: State | undefined }[];
        readonly next?: string | undefined;
      },
      { readonly code: string }
    >
  >;
}

/** Reads all records of a kind, page by page. */
export async function* listAll<State>(records: Listed<State>): AsyncGenerator<readonly [id: string, state: State]> {
  for (let after: string | undefined, more = true; more; ) {
    const page = answered(await records.list({ limit: PAGE, ...(after === undefined ? {} : { after }) }));
    for (const { id, state } of page.rows) if (state !== undefined) yield [id, state] as const;
    after = page.next;
    more = after !== undefined;
  }
}

/** Gives what the book answered; one that cannot be read ends the demo. */
export function answered<T>(result: Result<T, { readonly code: string }>): T {
  if (result.isOk()) return result.value;
  throw new DemoFailed(`the book could not be read: ${JSON.stringify(result.error)}`);
}

const PAGE = 1_000;
