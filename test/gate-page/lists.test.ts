import { expect } from 'chai';
import { SignJWT } from 'jose';
import { createIssuer, makeKey, origin, station, type TestIssuer } from './test-issuer.ts';
import { openGate, verdictOn } from './test-gate.ts';

describe('lists of a gate', () => {
  it('notes when each was fetched', async () => {
    const issuer = await createIssuer();
    const { gate } = await openGate(issuer);
    const fresh = { fetchedAt: issuer.at, failure: undefined };
    expect(gate.state.lists).to.deep.equal({ keys: fresh, denylist: fresh, manifests: fresh });
  });

  it('keeps the old ones when the issuer cannot be reached, and says so', async () => {
    const issuer = await createIssuer();
    const { gate } = await openGate(issuer);
    const fetchedAt = issuer.at;
    issuer.at += 90;
    issuer.online = false;
    await gate.refresh();
    const old = { fetchedAt, failure: 'unreachable' };
    expect(gate.state.lists).to.deep.equal({ keys: old, denylist: old, manifests: old });
    expect(await verdictOn(gate, await issuer.mint(0))).to.equal('pass');
  });

  it('serve where the browser has no room to keep them', async () => {
    const issuer = await createIssuer();
    const { gate } = await openGate(issuer, { storageFull: true });
    expect(await verdictOn(gate, await issuer.mint(0))).to.equal('pass');
    const stranger = await makeKey('c9', 'bid');
    expect(await verdictOn(gate, await issuer.mint(0, { key: stranger }))).to.equal(
      'unknown-key A4',
    );
  });

  const claimsOf = (issuer: TestIssuer) => ({
    iss: origin,
    iat: issuer.at,
    exp: issuer.at + 1800,
    ttl: 60,
    revoked: [],
  });
  const forgeries: [string, (issuer: TestIssuer) => Promise<string>][] = [
    [
      'signed by another key under the same kid',
      async (issuer) =>
        new SignJWT(claimsOf(issuer))
          .setProtectedHeader({ alg: 'ES256', kid: 'd1', typ: 'bid-denylist+jwt' })
          .sign((await makeKey('d1', 'bid-denylist+jwt')).privateKey),
    ],
    [
      'signed by the key of another kind of token',
      (issuer) =>
        new SignJWT(claimsOf(issuer))
          .setProtectedHeader({ alg: 'ES256', kid: 'm1', typ: 'bid-denylist+jwt' })
          .sign(issuer.manifestKey.privateKey),
    ],
    [
      'of another typ',
      (issuer) =>
        new SignJWT(claimsOf(issuer))
          .setProtectedHeader({ alg: 'ES256', kid: 'd1', typ: 'bid-tickets+jwt' })
          .sign(issuer.denylistKey.privateKey),
    ],
    [
      'of another issuer',
      (issuer) =>
        new SignJWT({ ...claimsOf(issuer), iss: 'https://elsewhere.test' })
          .setProtectedHeader({ alg: 'ES256', kid: 'd1', typ: 'bid-denylist+jwt' })
          .sign(issuer.denylistKey.privateKey),
    ],
    [
      'that has ended',
      (issuer) =>
        new SignJWT({ ...claimsOf(issuer), exp: issuer.at - 11 })
          .setProtectedHeader({ alg: 'ES256', kid: 'd1', typ: 'bid-denylist+jwt' })
          .sign(issuer.denylistKey.privateKey),
    ],
    [
      'without its claims',
      (issuer) =>
        new SignJWT({ ...claimsOf(issuer), revoked: 'nobody' })
          .setProtectedHeader({ alg: 'ES256', kid: 'd1', typ: 'bid-denylist+jwt' })
          .sign(issuer.denylistKey.privateKey),
    ],
    ['that is no token', async () => 'revoked: nobody'],
  ];
  for (const [what, forge] of forgeries) {
    it(`does not use a denylist ${what}`, async () => {
      const issuer = await createIssuer();
      issuer.revoked = ['grant123'];
      const { gate } = await openGate(issuer);
      const forged = await forge(issuer);
      issuer.signDenylist = async () => forged;
      await gate.refresh();
      expect(gate.state.lists.denylist.failure).to.equal('unverified');
      expect(await verdictOn(gate, await issuer.mint(0))).to.equal('revoked D2');
    });
  }

  it('does not use the manifest of another station or day', async () => {
    for (const other of [{ station: 'tianjin' }, { day: '2026-05-01' }]) {
      const issuer = await createIssuer();
      const sign = issuer.signManifest;
      issuer.signManifest = (asked) => sign({ ...asked, ...other });
      const { gate } = await openGate(issuer);
      expect(gate.state.lists.manifests.failure).to.equal('unverified');
      issuer.online = false;
      expect(await verdictOn(gate, await issuer.mint(0))).to.equal('no-ticket T2');
    }
  });

  it('does not use a key set with a key that is no point of the curve', async () => {
    const issuer = await createIssuer();
    const { gate, lists } = await openGate(issuer);
    const send = issuer.send;
    const broken = {
      kty: 'EC',
      crv: 'P-256',
      alg: 'ES256',
      x: 'AA',
      y: 'AA',
      kid: 'c1',
      typ: 'bid',
    };
    issuer.online = true;
    const { gate: second } = await openGate({
      ...issuer,
      send: async (request) =>
        request.url.endsWith('jwks.json') ? Response.json({ keys: [broken] }) : send(request),
    });
    expect(second.state.lists.keys.failure).to.equal('unreadable');
    expect(gate.state.lists.keys.failure).to.equal(undefined);
    expect(lists.states.keys.fetchedAt).to.equal(issuer.at);
  });

  it('lets go of the tickets of the station it has left', async () => {
    const issuer = await createIssuer();
    const { gate } = await openGate(issuer);
    issuer.online = false;
    await gate.choose({ station: 'tianjin' });
    expect(gate.state.lists.manifests.fetchedAt).to.equal(undefined);
    await gate.choose({ station });
    expect(await verdictOn(gate, await issuer.mint(0))).to.equal('no-ticket T2');
  });

  it('takes an answer that is not of the contract for unreadable', async () => {
    const issuer = await createIssuer();
    for (const answer of [
      () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } }),
      () => Response.json({ keys: 'none' }),
    ]) {
      const { gate } = await openGate({ ...issuer, send: async () => answer() });
      expect(gate.state.lists.keys).to.deep.equal({ fetchedAt: undefined, failure: 'unreadable' });
      expect(gate.state.connection).to.equal('alone');
    }
  });

  it('takes a server error for one that cannot be reached now', async () => {
    const issuer = await createIssuer();
    const send = async () => Response.json({}, { status: 503 });
    const { gate } = await openGate({ ...issuer, send });
    expect(gate.state.lists.keys.failure).to.equal('unreachable');
  });
});
