import { hash } from 'node:crypto';
import { canonical, Defect } from '@holdfast/kernel';

/** Makes the key of a command that tells a fact: it includes what was observed, so the same fact told twice is one, and another is another. */
export function factKey(what: string, about: string, observed: unknown): string {
  const text = canonical(observed);
  if (typeof text !== 'string') throw new Defect(`a fact holds ${text.given} at ${text.field}, which is no plain data`);
  const digest = hash('sha256', text, 'hex');
  return `${what}:${hash('sha256', about, 'hex').slice(0, 16)}:${digest}`;
}
