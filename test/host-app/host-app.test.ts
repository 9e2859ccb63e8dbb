import { expect } from 'chai';
import * as fc from 'fast-check';
import { HostApp } from '../../mock-server/host-app/host-app.ts';
import { hostSession } from '../../mock-server/host-app/host-session.ts';
import { addressOf, readRoute } from '../../mock-server/host-app/route.ts';
import { readSettings, writeSettings } from '../../mock-server/host-app/settings.ts';
import { deepLinks } from '../../widget/index.ts';
import { createOffice, noonMs, people, trains } from './test-office.ts';

const identity = {
  name: '赵安宁',
  documentType: 'resident-id',
  number: '329999199001011234',
} as const;

function openApp(person?: string) {
  const { office, server } = createOffice();
  const kept: (string | undefined)[] = [];
  const ports = {
    office,
    now: () => noonMs,
    keepPerson: (id: string | undefined) => void kept.push(id),
    forgetBoardingId: async () => {},
  };
  const app = new HostApp(ports, {
    route: { page: 'home' },
    settings: readSettings(new URLSearchParams()),
    person,
  });
  return { app, server, kept, ports };
}

describe('host app', () => {
  it('knows people, stations and trains once it is loaded', async () => {
    const { app } = openApp();
    await app.load();
    expect(app.state.people).to.deep.equal(people);
    expect(app.state.trains).to.deep.equal(trains);
    expect(app.state.failure).to.equal(undefined);
  });

  it('says so when the server cannot be reached, and when it says why', async () => {
    const { app, server } = openApp();
    server.online = false;
    await app.load();
    expect(app.state.failure).to.equal('unreachable');
    server.online = true;
    const problem = { type: 'urn:boarding-id:problem:unavailable', status: 503 };
    server.instead.set('/mock/trains', () => Response.json(problem, { status: 503 }));
    await app.load();
    expect(app.state.failure).to.equal('unavailable');
  });

  it('takes an answer of another shape for none', async () => {
    const { app, server } = openApp();
    server.instead.set('/mock/trains', () => Response.json([{ train: 901 }]));
    await app.load();
    expect(app.state.trains).to.deep.equal([]);
    expect(app.state.failure).to.equal('unreachable');
  });

  it('sells a ticket to whoever is signed in, by their id alone', async () => {
    const { app, server } = openApp('adult');
    expect(await app.buy({ train: 'G901', kind: 'single', identity: undefined })).to.equal(true);
    expect(app.state.tickets.map(({ train }) => train)).to.deep.equal(['G901']);
    expect(server.requests.at(-1)?.body).to.deep.equal({
      train: 'G901',
      kind: 'single',
      person: 'adult',
    });
  });

  it('sells a ticket to a guest, and keeps nothing of the identity (B7)', async () => {
    const { app, server } = openApp();
    await app.makeExample();
    expect(app.state.example?.name).to.equal('赵安宁');
    await app.buy({ train: 'G915', kind: 'multi-ride', identity });
    expect(server.requests.at(-1)?.body).to.deep.include({ identity });
    expect(JSON.stringify(app.state)).not.to.include('赵安宁').and.not.include('3299');
  });

  it('says why a ticket was not sold, and sells none', async () => {
    const { app, server } = openApp();
    const problem = { type: 'urn:boarding-id:problem:invalid-id-number', status: 422 };
    server.instead.set('/mock/tickets', () => Response.json(problem, { status: 422 }));
    expect(await app.buy({ train: 'G901', kind: 'single', identity })).to.equal(false);
    expect(app.state).to.deep.include({ failure: 'invalid-id-number', tickets: [], buying: false });
  });

  it('follows the mock’s clock, moves it and brings it back', async () => {
    const { app, server } = openApp();
    server.offsetMs = 60_000;
    await app.followClock();
    expect(app.now()).to.equal(noonMs + 60_000);
    await app.moveClock(3 * 60 * 60);
    expect(app.now()).to.equal(noonMs + 60_000 + 3 * 60 * 60 * 1000);
    server.online = false;
    await app.followClock();
    expect(app.now(), 'off the network').to.equal(noonMs + 60_000 + 3 * 60 * 60 * 1000);
    server.online = true;
    await app.moveClock(null);
    expect(app.now()).to.equal(noonMs);
  });

  it('sets faults one by one and leaves the others as they are', async () => {
    const { app, server } = openApp();
    await app.setFaults({ delayMs: 2_000 });
    await app.setFaults({ unavailable: true });
    const both = { delayMs: 2_000, unavailable: true, drop: false };
    expect(server.requests.at(-1)?.body).to.deep.equal(both);
    expect(app.state.faults).to.deep.equal(both);
    server.online = false;
    await app.setFaults({ drop: true });
    expect(app.state.faults, 'what was not set is not shown as set').to.deep.equal(both);
  });

  it('has reviews wait and decides them', async () => {
    const { app, server } = openApp();
    await app.setReviewLate(true);
    expect(app.state.reviewLate).to.equal(true);
    await app.decideReviews(false);
    expect(server.requests.at(-1)?.body).to.deep.equal({ approve: false });
  });

  it('notes the component’s events by their names, the newest first and not without end', () => {
    const { app } = openApp();
    for (let i = 0; i < 40; i++) app.heard(`boarding-id-${i}`);
    expect(app.state.events[0]).to.equal('boarding-id-39');
    expect(app.state.events).to.have.length(30);
  });
});

describe('signing in and out', () => {
  it('gives the component another session function, and a token of that person', async () => {
    const { app, server, kept } = openApp();
    const before = app.session;
    expect(await before()).to.equal(undefined);
    app.signIn('adult');
    expect(app.session).not.to.equal(before);
    expect(await app.session()).to.equal('token-1');
    expect(server.requests.at(-1)?.body).to.deep.equal({ person: 'adult' });
    expect(kept).to.deep.equal(['adult']);
  });

  it('is still signed in after a reload of the tab', async () => {
    const { app } = openApp('adult');
    expect(await app.session()).to.equal('token-1');
  });

  it('has the component forget before the session ends (R19)', async () => {
    const { app, ports, kept } = openApp('adult');
    ports.forgetBoardingId = async () => {
      expect(app.state.person).to.equal('adult');
      expect(app.state.signingOut).to.equal(true);
    };
    await app.signOut();
    expect(app.state).to.deep.include({ person: undefined, signingOut: false, failure: undefined });
    expect(await app.session()).to.equal(undefined);
    expect(kept).to.deep.equal([undefined]);
  });

  it('signs out even if the component could not be asked, and says so', async () => {
    const { app, ports } = openApp('adult');
    ports.forgetBoardingId = async () => {
      throw new TypeError('Failed to fetch dynamically imported module');
    };
    await app.signOut();
    expect(app.state).to.deep.include({ person: undefined, failure: 'unreachable' });
  });
});

describe('session of the host', () => {
  it('hands out one token until it is about to end, then a fresh one', async () => {
    const { office, server } = createOffice();
    let now = noonMs;
    const session = hostSession(office, 'adult', () => now);
    expect(await session()).to.equal('token-1');
    now += 13 * 60_000;
    expect(await session()).to.equal('token-1');
    now += 2 * 60_000;
    expect(await session()).to.equal('token-2');
    expect(server.requests).to.have.length(2);
  });

  it('rejects when no token can be had: nobody has signed out', async () => {
    const { office, server } = createOffice();
    server.online = false;
    const answer = await hostSession(office, 'adult', () => noonMs)().catch(
      (thrown: unknown) => thrown,
    );
    expect(answer).to.be.instanceOf(Error);
  });
});

describe('addresses', () => {
  it('reads what it writes, and opens every page of the component by name (R2)', () => {
    for (const screen of deepLinks) {
      const route = { page: 'boarding-id', screen } as const;
      expect(readRoute(addressOf(route))).to.deep.equal(route);
    }
    expect(addressOf(readRoute('#/more'))).to.equal('#/more');
  });

  it('takes whatever it does not know for the home page', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readRoute(`#/x${text}`)).to.deep.equal({ page: 'home' });
      }),
    );
    expect(readRoute('#/boarding-id/nowhere')).to.deep.equal({
      page: 'boarding-id',
      screen: 'services',
    });
  });

  it('keeps the settings, and leaves the issuer in the address', () => {
    const query = new URLSearchParams('issuer=http://localhost:9000&theme=dark');
    const settings = { language: 'en', theme: 'system', largeText: true } as const;
    const written = writeSettings(query, settings);
    expect(readSettings(written)).to.deep.equal(settings);
    expect(written.get('issuer')).to.equal('http://localhost:9000');
  });
});
