import { hash } from 'node:crypto';
import { isId } from '@holdfast/kernel';

/**
 * Gives the id of the record that keeps the deliveries of an event: the event's own name where it is an id, otherwise its SHA-256.
 *
 * @source docs/rules/providers.md, IN-1
 */
export function deliveryId(event: string): string {
  return isId(event) && event.length <= 100 ? event : `event-${hash('sha256', event, 'hex')}`;
}
