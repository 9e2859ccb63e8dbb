import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { people } from '../../mock-server/testbed/people.ts';
import { fromQrText } from '../../widget/protocol/code/qr-text.ts';
import { startBrowser, takePhone } from '../journeys/browser.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { watchTraces, type Traces } from '../journeys/traces.ts';
import { Traveller } from '../journeys/traveller.ts';

/** So many digits in a row of a number are no accident: eight are a date of birth. */
const telling = 8;

interface Person {
  name: string;
  number: string;
}

/** The name, and every run of digits of the number that would tell something. */
function wordsOf({ name, number }: Person): string[] {
  const runs = Array.from({ length: number.length - telling + 1 }, (_, start) =>
    number.slice(start, start + telling),
  );
  return [name, encodeURIComponent(name), ...runs];
}

function assertNone(person: Person, texts: { where: string; text: string }[]): void {
  assert.ok(texts.length > 0, 'something was looked at');
  for (const { where, text } of texts) {
    for (const word of wordsOf(person)) {
      assert.ok(!text.includes(word), `${word} stands in: ${where}`);
    }
  }
}

describe('identity, wherever a page leaves something behind (B7)', () => {
  let mock: RunningMock;
  let browser: Browser;
  before(async () => {
    [mock, browser] = await Promise.all([startMock(), startBrowser()]);
  });
  after(async () => {
    await browser.close();
    await mock.stop();
  });

  async function onPhone(): Promise<{ traveller: Traveller; traces: Traces }> {
    const { page } = await takePhone(browser, mock.host);
    const traces = await watchTraces(page);
    await page.goto(mock.host);
    return { traveller: new Traveller(page), traces };
  }

  async function decodedCode(traveller: Traveller): Promise<string> {
    const jws = fromQrText(await traveller.readCode());
    return jws
      .split('.')
      .slice(0, 2)
      .map((part) => Buffer.from(part, 'base64url').toString())
      .join('');
  }

  it('R4: of a registered user neither name nor number is anywhere, the page’s text included', async () => {
    const { identity } = people.find(({ id }) => id === 'adult')!;
    const { traveller, traces } = await onPhone();
    const { screen } = traveller;
    const texts = traces.seen;
    const read = async () => {
      await traces.look();
      texts.push({ where: 'the page', text: await screen.text() });
    };
    await screen.press('登录');
    await screen.press('成年旅客');
    await traveller.openService();
    await screen.sees('林*满');
    await read();
    await traveller.apply();
    await traveller.passLiveness();
    texts.push({ where: 'the code', text: await decodedCode(traveller) });
    await read();
    await screen.press('申请记录');
    await screen.sees('已通过');
    await read();
    texts.push({ where: 'the server’s log', text: mock.printed() });
    assertNone(identity, texts);
  });

  it('B7: what a guest types leaves the page in two calls’ bodies and nowhere else', async () => {
    const guest = (await (await fetch(`${mock.host}/mock/identity-example`)).json()) as Person;
    const { traveller, traces } = await onPhone();
    const { screen } = traveller;
    await traveller.openService();
    await screen.sees('北京市');
    await traveller.fillIn({ ...guest, number: guest.number.slice(0, 17) });
    await screen.press('立即申请');
    await screen.sees('证件号码应为 18 位');
    await traces.look();
    await screen.fill('证件号码', guest.number);
    await traveller.apply();
    await traces.look();
    await traveller.passLiveness();
    traces.seen.push({ where: 'the code', text: await decodedCode(traveller) });
    await traces.look();
    await screen.press('显示');
    await screen.sees(guest.number);
    await traces.look();
    traces.seen.push({ where: 'the server’s log', text: mock.printed() });
    assertNone(guest, traces.seen);
  });

  it('B7: an error says nothing of it either: the issuer’s refusals of a wrong name and number', async () => {
    const guest = (await (await fetch(`${mock.host}/mock/identity-example`)).json()) as Person;
    for (const identity of [
      { ...guest, documentType: 'resident-id', number: `${guest.number}0` },
      { ...guest, documentType: 'passport' },
      { ...guest, documentType: 'resident-id', more: guest.name },
    ]) {
      const answer = await fetch(`${mock.host}/v1/applications`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ identity, consent: true, place: 'beijing' }),
      });
      assertNone(guest, [{ where: 'the refusal', text: await answer.text() }]);
    }
    assertNone(guest, [{ where: 'the server’s log', text: mock.printed() }]);
  });
});
