/** Names a ticket in score events. */
export function ticketName(scheme: string, ticket: number): string {
  return `${scheme}/${ticket}`;
}

/** Names what a ticket owes for an instalment in score events; what happens to it has ids that begin so, and a colon after. */
export function instalmentName(scheme: string, ticket: number, instalment: number): string {
  return `${ticketName(scheme, ticket)}/${instalment}`;
}
