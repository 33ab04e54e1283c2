import type { NotificationEvent } from '../host/tables.ts';

/** Words a message. */
export function wordsOf(
  event: NotificationEvent,
  values: { readonly [name: string]: string },
): { readonly title: string; readonly body: string } {
  const [title, body] = WORDS[event];
  return { title, body: body.replace(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? '') };
}

const WORDS: { readonly [Event in NotificationEvent]: readonly [title: string, body: string] } = {
  PAYMENT_DUE: ['Payment due', 'Instalment {instalment} of {scheme}, ticket {ticket}: ₹{amount} is due on {dueOn}.'],
  PAYMENT_RECEIVED: ['Payment received', '₹{amount} for {scheme}, ticket {ticket}, has arrived. Receipt {receipt}.'],
  PAYMENT_FAILED: ['Payment failed', '₹{amount} for {scheme}, ticket {ticket}, did not arrive: {reason}.'],
  KYC_VERIFIED: ['Document verified', 'Your {documentType} was verified.'],
  KYC_REJECTED: ['Document rejected', 'Your {documentType} was rejected: {reason}.'],
  KYC_PENDING: ['Documents are waiting', '{count} documents have been waiting for two days or more.'],
  SCHEME_APPROVED: ['Scheme approved', 'Your scheme {scheme} was approved.'],
  AUCTION_REMINDER: ['Auction ahead', 'The auction of instalment {instalment} of {scheme} is on {drawOn}.'],
  AUCTION_OPENED: ['Auction open', 'The auction of instalment {instalment} of {scheme} is open.'],
  PRIZE_WON: ['You have won', 'Ticket {ticket} of {scheme} has won instalment {instalment}: ₹{amount}.'],
  PRIZE_PAID: ['Prize paid', 'The prize of ticket {ticket} of {scheme} was paid: ₹{amount}.'],
};
