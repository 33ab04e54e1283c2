const assert = require('node:assert/strict');
const { add, eur, format } = require('@holdfast/money');

for (const entry of require('./entries.json')) {
  if (entry.endsWith('package.json')) continue;
  assert.ok(Object.keys(require(entry)).length > 0, `${entry} exports nothing`);
}
assert.equal(format(add(eur('1.10'), eur('2.20')), { locale: 'en' }), '€3.30');
