import assert from 'node:assert/strict';
import type { Browser, Page } from 'puppeteer-core';
import { people } from '../../mock-server/testbed/people.ts';
import { openTab, takePhone, type Phone } from './browser.ts';
import { recordsOf } from './records-of.ts';
import { Traveller } from './traveller.ts';
import { UnreliableNetwork } from './unreliable-network.ts';

/** Calls of the journey, as a network is told to spoil them. */
export const calls = {
  metadata: 'GET /.well-known/boarding-id',
  me: 'GET /v1/me',
  place: 'POST /v1/places',
  apply: 'POST /v1/applications',
  attempt: 'POST /mock/liveness/:transaction',
  complete: 'POST /v1/applications/:id/liveness',
  application: 'GET /v1/applications/:id',
  codes: 'POST /v1/codes',
  view: 'POST /v1/views',
  completeView: 'POST /v1/views/:id/liveness',
  records: 'GET /v1/records',
  signOut: 'DELETE /v1/grants',
} as const;

/** One of the mock's people, a guest or signed in, with a phone on an unreliable network. */
export class BadDay {
  readonly network: UnreliableNetwork;
  readonly phone: Phone;
  page: Page;
  traveller: Traveller;
  readonly identity = people.find(({ id }) => id === 'adult')!.identity;

  private constructor(network: UnreliableNetwork, phone: Phone) {
    this.network = network;
    this.phone = phone;
    this.page = phone.page;
    this.traveller = new Traveller(phone.page);
  }

  static async begin(browser: Browser, keepsConnections = false): Promise<BadDay> {
    const network = await UnreliableNetwork.start(keepsConnections);
    try {
      const phone = await takePhone(browser, network.mock.host);
      await phone.page.goto(network.mock.host);
      return new BadDay(network, phone);
    } catch (error) {
      // A mock that is left running keeps the tests' process from ever ending.
      await network.stop();
      throw error;
    }
  }

  async signIn(traveller = this.traveller): Promise<void> {
    await traveller.screen.press('登录');
    await traveller.screen.press('成年旅客');
  }

  /** To the answer to the check, as whoever is signed in or as a guest. */
  async obtain(asGuest: 'as a guest' | 'signed in'): Promise<void> {
    const { traveller } = this;
    await traveller.openService();
    if (asGuest === 'as a guest') await traveller.fillIn(this.identity);
    await traveller.apply();
    await traveller.passLiveness();
  }

  /** The page is loaded anew, and the service opened again. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.traveller.screen.press('乘坐旅客列车临时身份证明');
  }

  /** The renderer dies; the traveller, who is still signed in to the app, opens it again. */
  async crash(): Promise<void> {
    const signedIn = await this.page.evaluate(
      () => Object.entries(sessionStorage) as [string, string][],
    );
    const crashed = new Promise((resolve) => this.page.once('error', resolve));
    const session = await this.page.createCDPSession();
    // It never answers: who would?
    session.send('Page.crash').catch(() => undefined);
    await crashed;
    this.page = await openTab(this.phone);
    await this.page.evaluateOnNewDocument((kept: [string, string][]) => {
      for (const [key, value] of kept) sessionStorage.setItem(key, value);
    }, signedIn);
    this.traveller = new Traveller(this.page);
    await this.page.goto(this.network.mock.host);
  }

  /** As many applications used as proofs issued, whatever was lost or interrupted. */
  async hasUsed(applications: 0 | 1): Promise<void> {
    const { statuses, applicationsLeft } = await recordsOf(this.network.mock, 'adult');
    assert.equal(applicationsLeft, 3 - applications);
    assert.equal(statuses.filter((status) => status === 'approved').length, applications);
  }

  async end(): Promise<void> {
    assert.deepEqual(this.phone.troubles, []);
    await this.phone.context.close();
    assert.equal(await this.network.stop(), 0);
  }
}
