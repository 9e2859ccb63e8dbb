import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { ruleTable, rules, tableFile, withTable } from './rule-table.ts';

describe('the table of rules', () => {
  it('has a row for each of the 24 rules, and each is shown by a test', () => {
    assert.equal(Object.keys(rules).length, 24);
    for (const row of ruleTable().split('\n').slice(2)) assert.match(row, /\.test\.ts\): \S/, row);
  });

  it('stands in the documentation as the tests are; if not, run `npm run docs`', () => {
    const document = readFileSync(tableFile, 'utf8');
    assert.equal(document, withTable(document));
  });
});
