import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { add, eur, format } from '@holdfast/money';

const require = createRequire(import.meta.url);

for (const entry of JSON.parse(readFileSync('entries.json', 'utf8'))) {
  if (entry.endsWith('package.json')) continue;
  const imported = await import(entry);
  assert.ok(Object.keys(imported).length > 0, `${entry} exports nothing`);
  // An application that imports and requires must not end with two copies.
  for (const [name, value] of Object.entries(require(entry)))
    assert.ok(value === imported[name], `${entry} has two copies of ${name}`);
}
assert.equal(format(add(eur('1.10'), eur('2.20')), { locale: 'en' }), '€3.30');
