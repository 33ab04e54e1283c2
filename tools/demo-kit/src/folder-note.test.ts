import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { noteFolder } from './folder-note.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'holdfast-note-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('remembers the name of a folder’s book, whichever store asks', () => {
  const fresh = noteFolder(folder, { of: 'trips', rows: 5 })._unsafeUnwrap();
  expect(fresh).toEqual({ of: 'trips', rows: 5, book: expect.stringMatching(/^demo-[0-9a-f]{12}$/) });
  expect(noteFolder(folder, { of: 'trips', rows: 5 })._unsafeUnwrap()).toEqual(fresh);
});

it('refuses other trips, and leaves the note as it was', () => {
  const made = noteFolder(folder, { of: 'trips', rows: 5 })._unsafeUnwrap();
  const other = noteFolder(folder, { of: 'trips', rows: 6 });
  expect(other._unsafeUnwrapErr()).toEqual({ code: 'folder_of_another', folder, made, asked: 6 });
  expect(noteFolder(folder, { of: 'trips', rows: 5 })._unsafeUnwrap()).toEqual(made);
});

it('accepts a note that names the store of its day', () => {
  const note = { of: 'trips', rows: 5, store: 'memory', book: 'demo-0123456789ab' };
  writeFileSync(path.join(folder, 'made-for.json'), JSON.stringify(note));
  expect(noteFolder(folder, { of: 'trips', rows: 5 })._unsafeUnwrap().book).toBe(note.book);
});
