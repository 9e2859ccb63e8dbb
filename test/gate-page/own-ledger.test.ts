import { expect } from 'chai';
import * as fc from 'fast-check';
import { deleteDB } from 'idb';
import { openOwnLedger } from '../../mock-server/gate/page/own-ledger.ts';
import { memoryLedger, type CodeUse } from '../../widget/protocol/code/ledger.ts';
import { noon, ticket } from './test-issuer.ts';

let names = 0;
const newName = (): string => `own-ledger-test-${names++}`;
const open = (name: string, at = noon) => openOwnLedger(() => 3, at, name);
const use = (change: Partial<CodeUse> = {}): CodeUse => ({
  jti: 'grant1230',
  purpose: 'entry',
  ticket: ticket(),
  lane: '["beijing-south","1"]',
  at: noon,
  ...change,
});

describe('a gate’s own ledger', () => {
  after(async () => {
    for (let i = 0; i < names; i++) void deleteDB(`own-ledger-test-${i}`);
  });

  it('decides as the ledger in memory does, whatever comes', async () => {
    const tickets = [
      ticket(),
      ticket({ id: 'ticket-2', kind: 'multi-ride', rides: 2 }),
      ticket({ id: 'ticket-3', kind: 'period' }),
    ];
    const anyUse = fc.record({
      jti: fc.constantFrom('grant1230', 'grant1231', 'grant1232', 'other5670'),
      purpose: fc.constantFrom('entry' as const, 'exit' as const),
      ticket: fc.constantFrom(...tickets),
      lane: fc.constantFrom('1', '2'),
      at: fc.integer({ min: noon, max: noon + 6 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyUse, { maxLength: 12 }), async (uses) => {
        const own = await open(newName());
        const memory = memoryLedger(3);
        for (const each of uses) expect(await own.admit(each)).to.equal(await memory.admit(each));
      }),
      { numRuns: 40, seed: 20260520 },
    );
  });

  it('does not forget by a reload', async () => {
    const name = newName();
    await (await open(name)).admit(use());
    const reloaded = await open(name);
    expect(await reloaded.admit(use({ at: noon + 4 }))).to.equal('already-used');
    expect(await reloaded.admit(use({ jti: 'grant1231' }))).to.equal('already-entered');
  });

  it('lets one of two tabs in when both ask at once', async () => {
    const name = newName();
    const tabs = await Promise.all([open(name), open(name)]);
    const answers = await Promise.all(
      tabs.map((tab, index) => tab.admit(use({ jti: `grant123${index}` }))),
    );
    expect(answers.filter((answer) => answer === undefined)).to.have.length(1);
    expect(answers).to.include('already-entered');
  });

  it('writes nothing for what it refuses', async () => {
    const ledger = await open(newName());
    expect(await ledger.admit(use({ purpose: 'exit' }))).to.equal('not-entered');
    expect(await ledger.admit(use())).to.equal(undefined);
    expect(await ledger.admit(use({ purpose: 'exit', at: noon + 60 }))).to.equal(undefined);
  });

  it('drops what nobody can ask about any more, and nothing else', async () => {
    const name = newName();
    const ledger = await open(name);
    await ledger.admit(use({ ticket: ticket({ validUntil: noon + 60 }) }));
    await ledger.admit(
      use({ jti: 'other5670', ticket: ticket({ id: 'ticket-9', validUntil: noon + 9 * 86_400 }) }),
    );
    const later = await open(name, noon + 2 * 86_400);
    expect(await later.admit(use({ at: noon + 2 * 86_400 }))).to.equal(undefined);
    expect(
      await later.admit(use({ jti: 'other5671', ticket: ticket({ id: 'ticket-9' }) })),
    ).to.equal('already-entered');
  });
});
