import { readFileSync, writeFileSync } from 'node:fs';
import { makeManifest, manifestFile, manifestText } from './manifest.ts';
import { referenceFile, referencePage } from './reference.ts';
import { tableFile, withTable } from './rule-table.ts';

/** `npm run docs`: writes what documentation takes from the tests and from the classes' comments. */
writeFileSync(tableFile, withTable(readFileSync(tableFile, 'utf8')));
const manifest = makeManifest();
writeFileSync(manifestFile, await manifestText(manifest));
writeFileSync(referenceFile, await referencePage(manifest));
