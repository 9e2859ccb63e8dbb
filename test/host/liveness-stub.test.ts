import axe from 'axe-core';
import { expect } from 'chai';
import { en } from '../../widget/locales/en.ts';
import { zh } from '../../widget/locales/index.ts';
import { problemType } from '../../widget/protocol/problems.ts';
import { Stage, transaction } from './liveness-fixture.ts';

const t = zh.livenessStub;
let stage: Stage;

describe('the liveness stub, with the browser’s fake camera', () => {
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.remove());

  it('has no accessibility fault in any step, and says on each that it is a stub', async () => {
    const audit = async () => {
      const { violations } = await axe.run(stage.host);
      expect(violations.map(({ id }) => id)).to.deep.equal([]);
      expect(stage.container.textContent).to.contain(t.notice);
    };
    stage.begin();
    await audit();
    stage.press(t.start);
    await stage.shows(t.prompts.blink);
    await audit();
    stage.replies.push(Response.json({ attemptsLeft: 2 }));
    await stage.goThrough(zh);
    await stage.shows(t.attemptsLeft(2));
    await audit();
  });

  it('R13: goes through the prompts in order, a picture for each, and passes', async () => {
    stage.begin();
    stage.press(t.start);
    stage.replies.push(Response.json({ assertion: 'an-assertion' }));
    await stage.goThrough(zh);
    expect(await stage.answer).to.deep.equal({ status: 'passed', assertion: 'an-assertion' });
    expect(stage.devices.opened).to.have.length(1);
    expect(stage.devices.areOff, 'the camera is off').to.equal(true);
    expect(stage.container.childElementCount).to.equal(0);
  });

  it('captures real pictures, and sends none', async () => {
    stage.begin();
    stage.press(t.start);
    await stage.shows(t.prompts.blink);
    stage.press(t.next);
    const canvas = stage.container.querySelector('canvas')!;
    expect(canvas.width).to.be.greaterThan(0);
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    expect(data.some((value, index) => index % 4 !== 3 && value > 0)).to.equal(true);

    stage.replies.push(Response.json({ assertion: 'a' }));
    await stage.shows(t.prompts['turn-left']);
    stage.press(t.next);
    await stage.shows(t.prompts.nod);
    stage.press(t.next);
    await stage.answer;
    expect(stage.sent).to.have.length(1);
    expect(stage.sent[0]!.url).to.equal(transaction.provider);
    expect(await stage.sent[0]!.json()).to.deep.equal({
      camera: true,
      prompts: transaction.prompts,
    });
  });

  it('a failed attempt can be made again, as often as the provider says', async () => {
    stage.begin();
    stage.press(t.start);
    stage.replies.push(Response.json({ attemptsLeft: 1 }), Response.json({ attemptsLeft: 0 }));
    await stage.goThrough(zh);
    await stage.shows(t.attemptsLeft(1));
    stage.press(t.retry);
    await stage.goThrough(zh);
    expect(await stage.answer).to.deep.equal({
      status: 'refused',
      code: 'liveness-failed',
      attemptsLeft: 0,
    });
    expect(stage.devices.areOff).to.equal(true);
  });

  it('a provider that is away can be asked again; one that refuses ends the check', async () => {
    stage.begin();
    stage.press(t.start);
    const body = JSON.stringify({ type: problemType('liveness-expired'), status: 403 });
    const headers = { 'Content-Type': 'application/problem+json' };
    stage.replies.push(new TypeError('cut off'), new Response(body, { status: 403, headers }));
    await stage.goThrough(zh);
    await stage.shows(zh.refusals['no-connection'].text);
    stage.press(t.retry);
    expect(await stage.answer).to.deep.equal({ status: 'refused', code: 'liveness-expired' });
    expect(stage.devices.areOff).to.equal(true);
  });

  it('an attempt that did not get through goes out again by itself when the network is back', async () => {
    stage.begin();
    stage.press(t.start);
    const portal = new Response('sign in to the WLAN', {
      headers: { 'Content-Type': 'text/html' },
    });
    stage.replies.push(portal, Response.json({ assertion: 'a' }));
    await stage.goThrough(zh);
    await stage.shows(zh.refusals['unintelligible-answer'].text);
    dispatchEvent(new Event('online'));
    expect(await stage.answer).to.deep.equal({ status: 'passed', assertion: 'a' });
    const [first, second] = await Promise.all(stage.sent.map((request) => request.text()));
    expect(second).to.equal(first);
  });

  it('cancelling, or being aborted, turns the camera off', async () => {
    stage.begin();
    stage.press(t.start);
    await stage.shows(t.prompts.blink);
    stage.press(t.cancel);
    expect(await stage.answer).to.deep.equal({ status: 'cancelled' });
    expect(stage.devices.areOff).to.equal(true);

    stage.begin();
    stage.press(t.start);
    await stage.shows(t.prompts.blink);
    stage.controller.abort();
    expect(await stage.answer).to.deep.equal({ status: 'cancelled' });
    expect(stage.devices.areOff).to.equal(true);
  });

  it('speaks English, and draws on whichever stage it is given next', async () => {
    stage.begin('en');
    await stage.shows(en.livenessStub.notice);
    stage.stub.detach();
    expect(stage.container.childElementCount).to.equal(0);
    expect(stage.host.shadowRoot!.adoptedStyleSheets).to.have.length(0);
    stage.stub.attach(stage.container, 'zh');
    await stage.shows(t.notice);
    expect(stage.host.shadowRoot!.adoptedStyleSheets).to.have.length(1);
  });

  it('has neither style attributes nor inline handlers, which a strict CSP refuses', async () => {
    stage.begin();
    stage.press(t.start);
    await stage.shows(t.prompts.blink);
    for (const element of stage.container.querySelectorAll('*')) {
      for (const name of element.getAttributeNames()) expect(name).not.to.match(/^(style|on)/);
    }
  });
});
