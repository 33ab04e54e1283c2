import { describe, expect, it } from 'vitest';
import { problemsIn } from './check-pure.mjs';

describe('problemsIn', () => {
  it.each([
    'export const at = Date.now();',
    'export const at = globalThis.Date.now();',
    'export const at = new Date();',
    'export const at = new Date;',
    'export const at = Date();',
    'export const one = Math.random();',
    'export const home = process.env.HOME;',
    'export const home = globalThis.process;',
    'setTimeout(() => {}, 1);',
    'export const id = crypto.randomUUID();',
    "import { readFileSync } from 'node:fs';",
    "import { randomBytes } from 'node:crypto';",
    "import crypto from 'node:crypto';",
    "export const late = () => import('./x.ts');",
    'console.log(1);',
    'const wait = { setTimeout };\nexport { wait };',
  ])('refuses %s', (text) => {
    expect(problemsIn(text, 'a.ts')).toHaveLength(1);
  });

  it.each([
    "export const at = new Date('2026-01-01T00:00:00.000Z');",
    'export const day = (text: string) => Date.parse(text);',
    "import { createHash } from 'node:crypto';",
    'export function defineProcess(process: { readonly name: string }) { return process.name; }',
    'export interface Declared { readonly process: string; readonly performance: number }',
    "export const named = { process: 'escrow' };\nexport const name = named.process;",
    'export const names = (all: { process: string }[]) => all.map(({ process }) => process);',
    'export function each(all: string[]) { for (const process of all) { if (process) return process; } return undefined; }',
    '// Date.now() is not allowed here\nexport const text = "Math.random()";',
  ])('accepts %s', (text) => {
    expect(problemsIn(text, 'a.ts')).toEqual([]);
  });
});
