import { expect } from 'chai';
import { leaveTab } from '../../extension/page/leave-tab.ts';
import { browserPermissions } from '../../extension/permissions.ts';
import { isCodeReady } from '../../extension/ready-code.ts';
import { sessions } from '../../extension/session.ts';
import { siteSettings } from '../../extension/site-settings.ts';
import { at, showing } from '../elements/states.ts';
import { signedIn, vaultContent } from './surface-fixture.ts';

describe('a code that is ready', () => {
  const ready = (now: number, change: object = {}, content = vaultContent()) => {
    Object.assign(content.grant!, change);
    return isCodeReady({ read: async () => content }, () => now * 1000);
  };

  it('lies in the vault and holds until the next check is due (R17)', async () => {
    expect(await ready(at)).to.equal(true);
    expect(await ready(showing.grantExpiresAt - 1)).to.equal(true);
    expect(await ready(showing.grantExpiresAt)).to.equal(false);
  });

  it('ends with its proof (R10), and is none without any code', async () => {
    expect(await ready(at, { proof: { ...showing.proof, validUntil: at } })).to.equal(false);
    expect(await ready(at, { codes: [] })).to.equal(false);
  });

  it('goes by the server’s clock (B3)', async () => {
    const hour = 3600;
    expect(await ready(at + hour, { clockOffset: -hour * 1000 })).to.equal(true);
    expect(await ready(at - hour)).to.equal(true);
    expect(await ready(at - hour, { clockOffset: hour * 1000 })).to.equal(true);
    expect(await ready(at, { clockOffset: hour * 1000 })).to.equal(false);
  });

  it('is none in an empty vault, or in one with an application alone', async () => {
    expect(await isCodeReady({ read: async () => undefined }, () => at)).to.equal(false);
    const content = { ...vaultContent(), grant: undefined, application: 'a1' };
    expect(await isCodeReady({ read: async () => content }, () => at)).to.equal(false);
  });
});

describe('whoever is signed in', () => {
  const asked: string[] = [];
  const sessionOf = sessions(async (request) => {
    asked.push(`${request.url} ${await request.text()}`);
    return Response.json({ session: 's1' });
  });

  it('has one and the same session for as long as they stay', async () => {
    const session = sessionOf(signedIn);
    expect(sessionOf({ ...signedIn })).to.equal(session);
    expect(await session()).to.equal('s1');
    expect(asked).to.deep.equal([`${signedIn.at}/sessions {"person":"u1"}`]);
  });

  it('has another one as another user, or elsewhere', () => {
    const session = sessionOf(signedIn);
    expect(sessionOf({ ...signedIn, user: 'u2' })).not.to.equal(session);
    expect(sessionOf({ ...signedIn, at: 'https://other.example' })).not.to.equal(session);
  });

  it('is nobody when nobody is', async () => {
    expect(sessionOf(undefined)).to.equal(sessionOf(undefined));
    expect(await sessionOf(undefined)()).to.equal(undefined);
  });
});

describe('what the traveller has allowed', () => {
  it('is told where the browser tells', async () => {
    const { state } = browserPermissions(navigator.permissions);
    expect(['granted', 'denied', 'prompt']).to.include(await state('geolocation'));
    const silent = { query: () => Promise.reject(new TypeError('not known')) };
    expect(await browserPermissions(silent).state('camera')).to.equal(undefined);
  });

  it('is told again when it changes, until nobody listens', async () => {
    const status = Object.assign(new EventTarget(), { state: 'prompt' });
    const { watch } = browserPermissions({
      query: async () => status as unknown as PermissionStatus,
    });
    const closing = new AbortController();
    let told = 0;
    watch(() => told++, closing.signal);
    await Promise.resolve();
    await Promise.resolve();
    status.dispatchEvent(new Event('change'));
    expect(told, 'once for all that is asked for, which is one status here').to.equal(1);
    closing.abort();
    status.dispatchEvent(new Event('change'));
    expect(told).to.equal(1);
  });
});

describe('the browser’s settings', () => {
  it('open at this extension’s permissions in Chromium, and cannot be opened in Firefox', async () => {
    const opened: unknown[] = [];
    const tabs = { create: async (tab: unknown) => void opened.push(tab) };
    type Tabs = Parameters<typeof siteSettings>[1];
    const settings = siteSettings('chrome-extension://id', tabs as unknown as Tabs);
    expect(await settings?.able()).to.equal(true);
    settings?.open('location');
    expect(opened).to.deep.equal([
      { url: 'chrome://settings/content/siteDetails?site=chrome-extension%3A%2F%2Fid' },
    ]);
    expect(siteSettings('moz-extension://id', tabs as unknown as Tabs)).to.equal(undefined);
  });
});

describe('back from the first screen of the page', () => {
  const leave = async (length: number): Promise<string[]> => {
    const done: string[] = [];
    type Tabs = Parameters<typeof leaveTab>[0];
    const tabs = {
      getCurrent: async () => ({ id: 7 }),
      remove: async (id: number) => void done.push(`tab ${id} closes`),
    };
    await leaveTab(tabs as unknown as Tabs, { length, back: () => done.push('back') });
    return done;
  };

  it('closes a tab that was opened for it', async () => {
    expect(await leave(1)).to.deep.equal(['tab 7 closes']);
  });

  it('goes to what the tab has shown before', async () => {
    expect(await leave(2)).to.deep.equal(['back']);
  });
});
