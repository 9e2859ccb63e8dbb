import { readFileSync, writeFileSync } from 'node:fs';
import { tableFile, withTable } from './rule-table.ts';

/** `npm run docs`: writes what documentation takes from the tests. */
writeFileSync(tableFile, withTable(readFileSync(tableFile, 'utf8')));
