import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { Engine } from '../journeys/engines.ts';
import { cases, holders, Phone, type Holder } from './cases.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';

/** `REVERIFICATION_TIMES` for a shorter run of the slow tests. */
export const times = Number(process.env['REVERIFICATION_TIMES'] ?? 10);

/** One row: what the table says of a guest, and of a registered user. */
type Row = Record<Holder, string> & { name: string };

/** The table in `widget/docs/rules.md`, section "When the code must be verified again". */
function publishedTable(): Row[] {
  const rules = readFileSync(new URL('../../widget/docs/rules.md', import.meta.url), 'utf8');
  const section = rules.split('\n## ').find((text) => text.startsWith('When the code must be'));
  const lines = section?.match(/^\|.*\|$/gm) ?? [];
  const [head, , ...rows] = lines.map((line) => line.split('|').map((cell) => cell.trim()));
  assert.deepEqual(head?.slice(1, 4), ['case', 'guest', 'registered']);
  const word = (cell = ''): string => cell.replaceAll('`', '');
  return rows.map(([, name = '', guest, registered]) => ({
    name,
    guest: word(guest),
    registered: word(registered),
  }));
}

/** Declares the tests: each cell of the published table, `times` times in each of these browsers. */
export function describeReverification(times: number, browsers: readonly Engine[]): void {
  const table = publishedTable();

  describe('when the code must be verified again (R17 to R20), as published', () => {
    it('each row of the table has its case, and each case its row', () => {
      assert.deepEqual(table.map(({ name }) => name).sort(), Object.keys(cases).sort());
    });

    // None of them fills a processor: a person, and so a test, mostly waits for the screen.
    describe('in real browsers', { concurrency: true }, () => {
      for (const engine of browsers) {
        for (const holder of holders) describeIn(engine, holder, table, times);
      }
    });
  });
}

function describeIn(engine: Engine, holder: Holder, table: readonly Row[], times: number): void {
  describe(`${engine.name}, ${holder}`, { concurrency: 1 }, () => {
    let browser: Browser;
    let mock: RunningMock;
    let lived = 0;
    before(async () => {
      [browser, mock] = await Promise.all([engine.start(), startMock()]);
    });
    after(async () => {
      await browser.close();
      await mock.stop();
    });

    for (const { name, ...cells } of table) {
      for (let time = 1; time <= times; time++) {
        const again = times > 1 ? ` (${time} of ${times})` : '';
        it(`${name}: ${holder} → ${cells[holder]}${again}`, () => {
          // Storage belongs to an origin, so with one of its own each cell begins on a new phone.
          const origin = mock.host.replace('//', `//phone-${++lived}.`);
          const phone = new Phone(holder, engine, browser, { origin, issuer: mock.host });
          return liveThrough(phone, name, cells[holder]);
        });
      }
    }
  });
}

async function liveThrough(phone: Phone, name: string, expected: string): Promise<void> {
  assert.ok(expected === 'code' || expected === 'verify', `${expected} is not a cell`);
  try {
    await phone.getCode();
    await cases[name]?.(phone);
    if (expected === 'code') await phone.findsCode();
    else await phone.findsCheck();
  } finally {
    await phone.close();
  }
}
