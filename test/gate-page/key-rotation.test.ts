import { expect } from 'chai';
import { policy } from '../../widget/protocol/policy.ts';
import { openGate, verdictOn } from './test-gate.ts';
import { createIssuer, makeKey, ticket, type TestIssuer } from './test-issuer.ts';

/** Travellers with a ticket each, so that none has entered before. */
const travellers = ['B', 'C', 'D', 'E'].map((letter) => letter + 'A'.repeat(21));
const [ann = '', bob = '', cyd = '', dan = ''] = travellers;

/** An issuer that has a next key and does not publish it yet. */
async function issuerWithNextKey() {
  const issuer = await createIssuer();
  issuer.tickets = travellers.map((sub) => ticket({ sub, id: `ticket-${sub}` }));
  const next = await makeKey('c2', 'bid');
  const publish = (): void => void issuer.published.push(next);
  const mintBy = {
    old: (who: string) => issuer.mint(0, { who, grant: `old-${who.slice(0, 1)}123` }),
    next: (who: string) => issuer.mint(0, { who, grant: `new-${who.slice(0, 1)}123`, key: next }),
  };
  return { issuer, next, publish, mintBy };
}

const keysAsked = ({ requests }: TestIssuer): number =>
  requests.filter((request) => request.endsWith('/jwks.json')).length;

describe('the issuer’s key changes while a gate is open (B2)', () => {
  it('the first code of the new key has it fetched, once; codes of both pass from then on', async () => {
    const { issuer, publish, mintBy } = await issuerWithNextKey();
    const { gate } = await openGate(issuer);
    const asked = keysAsked(issuer);
    expect(await verdictOn(gate, await mintBy.old(ann))).to.equal('pass');
    publish();
    expect(await verdictOn(gate, await mintBy.next(bob))).to.equal('pass');
    expect(await verdictOn(gate, await mintBy.old(cyd))).to.equal('pass');
    expect(await verdictOn(gate, await mintBy.next(dan))).to.equal('pass');
    expect(keysAsked(issuer) - asked).to.equal(1);
  });

  it('published in time, it is held before the first code of it comes, and counts without a network', async () => {
    const { issuer, publish, mintBy } = await issuerWithNextKey();
    const { gate } = await openGate(issuer);
    publish();
    await gate.refresh();
    issuer.online = false;
    expect(await verdictOn(gate, await mintBy.next(ann))).to.equal('pass');
    expect(await verdictOn(gate, await mintBy.old(bob))).to.equal('pass');
  });

  it('without a network it is refused with a reason, and the old one goes on; then it is fetched', async () => {
    const { issuer, publish, mintBy } = await issuerWithNextKey();
    const { gate } = await openGate(issuer);
    publish();
    issuer.online = false;
    const code = await mintBy.next(ann);
    expect(await verdictOn(gate, code)).to.equal('unknown-key A4');
    expect(gate.state.lists.keys.failure).to.equal('unreachable');
    expect(await verdictOn(gate, await mintBy.old(bob))).to.equal('pass');
    issuer.online = true;
    expect(await verdictOn(gate, code)).to.equal('pass');
  });

  it('learnt from a code, it is there after a restart without a network', async () => {
    const { issuer, publish, mintBy } = await issuerWithNextKey();
    const { gate, held } = await openGate(issuer);
    publish();
    expect(await verdictOn(gate, await mintBy.next(ann))).to.equal('pass');
    issuer.online = false;
    const { gate: restarted } = await openGate(issuer, { kept: held() });
    expect(await verdictOn(restarted, await mintBy.next(bob))).to.equal('pass');
    expect(await verdictOn(restarted, await mintBy.old(cyd))).to.equal('pass');
  });

  it('an answer that holds no keys does not take away those that are held', async () => {
    const { issuer, mintBy } = await issuerWithNextKey();
    let broken = false;
    const { send } = issuer;
    issuer.send = async (request) =>
      broken && request.url.endsWith('/jwks.json') ? Response.json({ keys: null }) : send(request);
    const { gate } = await openGate(issuer);
    broken = true;
    expect(await verdictOn(gate, await mintBy.next(ann))).to.equal('unknown-key A4');
    expect(gate.state.lists.keys.failure).to.equal('unreadable');
    expect(await verdictOn(gate, await mintBy.old(bob))).to.equal('pass');
  });

  it('a key that is published no more counts no more', async () => {
    const { issuer, publish, mintBy } = await issuerWithNextKey();
    const { gate } = await openGate(issuer);
    publish();
    issuer.published = issuer.published.filter(({ kid }) => kid !== issuer.codeKey.kid);
    await gate.refresh();
    expect(await verdictOn(gate, await mintBy.old(ann))).to.equal('unknown-key A4');
    expect(await verdictOn(gate, await mintBy.next(bob))).to.equal('pass');
  });

  it('the keys of denylist and tickets change as well, and the lists stay fresh', async () => {
    const { issuer, mintBy } = await issuerWithNextKey();
    const { gate } = await openGate(issuer);
    Object.assign(issuer.denylistKey, await makeKey('d2', 'bid-denylist+jwt'));
    Object.assign(issuer.manifestKey, await makeKey('m2', 'bid-tickets+jwt'));
    issuer.at += policy.denylistMaximumSeconds + 1;
    expect(await verdictOn(gate, await mintBy.old(ann))).to.equal('pass');
    const fresh = { fetchedAt: issuer.at, failure: undefined };
    expect(gate.state.lists).to.deep.equal({ keys: fresh, denylist: fresh, manifests: fresh });
  });
});
