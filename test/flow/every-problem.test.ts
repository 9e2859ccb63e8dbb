import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { nextSteps } from '../../widget/elements/next-step.ts';
import type { CallName } from '../../widget/flow/issuer-client/issuer-client.ts';
import { mayPass, type RefusalCode } from '../../widget/flow/refusal.ts';
import type { State } from '../../widget/flow/state.ts';
import { en } from '../../widget/locales/en.ts';
import { zh, type Dictionary } from '../../widget/locales/index.ts';
import { holderCalls } from '../../widget/protocol/calls.ts';
import {
  problemCodes,
  problemStatuses,
  problemType,
  type ProblemCode,
} from '../../widget/protocol/problems.ts';
import { signIn, someGuest, startIssuer, type RunningIssuer } from '../issuer/running-issuer.ts';
import { Phone } from './phone.ts';
import { screenText } from './screen-text.ts';

/**
 * Every problem of the list as the answer to every call, more than the contract lets an issuer say:
 * from the wire to the words on the screen.
 */

let running: RunningIssuer;

const problem = (code: ProblemCode): Response =>
  new Response(JSON.stringify({ type: problemType(code), status: problemStatuses[code] }), {
    status: problemStatuses[code],
    headers: { 'Content-Type': 'application/problem+json' },
  });

const nameOf = ({ method, url }: Request): string | undefined =>
  Object.entries(holderCalls).find(
    ([, call]) =>
      call.method === method &&
      new RegExp(`^${call.path.replace(':id', '[^/]+')}$`).test(new URL(url).pathname),
  )?.[0];

/** To these calls the issuer answers with a problem, as long as they stand here. */
type Answers = Partial<Record<CallName, ProblemCode>>;

function answered(phone: Phone, answers: Answers): void {
  phone.network = (request, forward) => {
    const code = answers[nameOf(request) as CallName];
    return code ? Promise.resolve(problem(code)) : forward(request);
  };
}

/** What has come of it: where the screen tells of what; nothing while it only asks to wait. */
function told({ screen, known: { location } }: State): string | undefined {
  switch (screen.name) {
    case 'application':
      if (screen.busy) return undefined;
      if (screen.refusal) return `form: ${screen.refusal.code}`;
      return location.status === 'unnamed' ? `location: ${location.refusal.code}` : undefined;
    case 'outcome':
      if (screen.outcome.status === 'refused') return `outcome: ${screen.outcome.refusal.code}`;
      return screen.outcome.status === 'waiting' ? undefined : screen.outcome.status;
    case 'code':
      return screen.refreshing ? undefined : `code: ${screen.refusal?.code ?? screen.status}`;
    case 'records':
      return screen.refusal && `records: ${screen.refusal.code}`;
    default:
      return undefined;
  }
}

/** The words by which a screen tells of it. */
function wordsFor(tells: string, texts: Dictionary): string[] {
  const [where, code] = tells.split(': ') as [string, RefusalCode | undefined];
  if (where === 'unconfirmed') return [texts.outcome.unconfirmed, texts.outcome.unconfirmedNext];
  if (where === 'unconfirmed view') return [texts.outcome.unconfirmedView];
  if (!code) return [texts.outcome.pending];
  if (where === 'code' && code === 'verification-required') return [texts.code.endedEarlyText];
  const { title, text, next } = texts.refusals[code];
  return where === 'location' ? [text, next] : [title, text, next];
}

const firstSentence = (text: string): string => text.split(/[。.]/)[0] ?? text;

function assertTold({ flow }: Phone, tells: string, which: string): void {
  for (const texts of [zh, en]) {
    const { text, announced } = screenText(flow, texts);
    const words = wordsFor(tells, texts);
    for (const each of words) {
      assert.ok(each.length > 0, `${which}: has words`);
      assert.ok(text.includes(each), `${which}: “${each}” stands in “${text}”`);
    }
    assert.ok(announced.includes(firstSentence(words[0] ?? '')), `${which}: says “${announced}”`);
    assert.ok(text.includes(texts.paper.text), `${which}: names the paper window`);
  }
}

interface Walk {
  call: CallName;
  by: 'guest' | 'user';
  /** From an opened form to where the call has been sent. */
  go: (phone: Phone) => Promise<void> | void;
  /** What the issuer answers besides. */
  besides?: Answers;
  tells: (code: ProblemCode) => string;
}

const onForm = (code: ProblemCode): string => `form: ${code}`;
const submit = (purpose: 'apply' | 'view') => async (phone: Phone) => {
  const { flow } = phone;
  await phone.until(() => flow.state.known.location.status === 'found', 'waited for the place');
  const identity = flow.state.known.registered ? undefined : await someGuest(running);
  flow.send({ type: 'submit', purpose, identity, consent: true });
};
const passCheck = (purpose: 'apply' | 'view') => async (phone: Phone) => {
  await submit(purpose)(phone);
  await phone.arriveAt('liveness');
  phone.flow.send({ type: 'start-liveness' });
};
const afterCheck = (code: ProblemCode): string => {
  if (mayPass.has(code)) return 'unconfirmed';
  return code === 'liveness-expired' ? 'outcome: liveness-undelivered' : `outcome: ${code}`;
};

/** Once it is found a word about a missing location goes, whoever has said it. */
const placeUnknown: Answers = { place: 'unavailable' };

const walks: Readonly<Record<string, Walk>> = {
  'the metadata': {
    call: 'metadata',
    by: 'guest',
    go: () => undefined,
    besides: placeUnknown,
    tells: onForm,
  },
  'who is signed in': {
    call: 'me',
    by: 'user',
    go: () => undefined,
    besides: placeUnknown,
    tells: onForm,
  },
  'the city': {
    call: 'place',
    by: 'guest',
    go: () => undefined,
    tells: (code) => `location: ${code}`,
  },
  'a guest’s application': { call: 'apply', by: 'guest', go: submit('apply'), tells: onForm },
  'a user’s application': { call: 'apply', by: 'user', go: submit('apply'), tells: onForm },
  'a guest’s look': { call: 'view', by: 'guest', go: submit('view'), tells: onForm },
  'a user’s look': { call: 'view', by: 'user', go: submit('view'), tells: onForm },
  'the check of an application': {
    call: 'completeApplication',
    by: 'guest',
    go: passCheck('apply'),
    tells: (code) => (code === 'review-pending' ? 'pending' : afterCheck(code)),
  },
  'the check of a look': {
    call: 'completeView',
    by: 'user',
    go: passCheck('view'),
    tells: afterCheck,
  },
  'an outcome under review': {
    call: 'application',
    by: 'guest',
    go: passCheck('apply'),
    besides: { completeApplication: 'review-pending' },
    tells: (code) => (mayPass.has(code) ? 'pending' : `outcome: ${code}`),
  },
  'the outcome of a check that came too late': {
    call: 'application',
    by: 'user',
    go: passCheck('apply'),
    besides: { completeApplication: 'liveness-expired' },
    tells: (code) => (mayPass.has(code) ? 'unconfirmed' : 'outcome: liveness-undelivered'),
  },
  'another code': {
    call: 'codes',
    by: 'guest',
    go: async (phone) => {
      await passCheck('apply')(phone);
      await phone.arriveAt('code');
      phone.flow.send({ type: 'refresh' });
    },
    tells: (code) => `code: ${code}`,
  },
  'the records': {
    call: 'records',
    by: 'user',
    go: async (phone) => {
      await phone.until(() => phone.flow.state.known.me !== undefined, 'waited for the identity');
      phone.flow.send({ type: 'open', screen: 'records' });
    },
    tells: (code) => `records: ${code}`,
  },
};

async function phoneOf({ by }: Walk): Promise<Phone> {
  if (by === 'guest') return new Phone(running);
  const session = await signIn(running, 'adult');
  return new Phone(running, { session: async () => session });
}

/** The button that stands there leads on: nobody is left before one that does nothing. */
function assertLeadsOn({ flow }: Phone, which: string): void {
  const { state } = flow;
  const { screen } = state;
  const { buttons } = screenText(flow, zh);
  const outcome = screen.name === 'outcome' ? screen.outcome : undefined;
  const refused = outcome?.status === 'refused' ? outcome.refusal.code : undefined;
  const step = nextSteps[refused ?? 'invalid-request'];
  const label = step?.label(zh);
  if (refused) assert.deepEqual(buttons, label ? [label] : [], which);
  if (!step || !label || !buttons.includes(label)) return;
  flow.send(step.event);
  assert.notEqual(flow.state, state, `${which}: ${label} leads on`);
}

describe('R14: every problem of the list says on the screen why, what to do, and names the paper window', () => {
  beforeEach(async () => {
    running = await startIssuer();
  });
  afterEach(() => running.close());

  for (const [what, walk] of Object.entries(walks)) {
    it(`R14: as the answer to ${walk.call}: ${what}`, async () => {
      for (const code of problemCodes) {
        const phone = await phoneOf(walk);
        answered(phone, { ...walk.besides, [walk.call]: code });
        phone.flow.open('application');
        await walk.go(phone);
        const tells = walk.tells(code);
        await phone.waitUntil(
          () => told(phone.flow.state) === tells,
          `${code} is told as ${tells}`,
        );
        const { screen } = phone.flow.state;
        const isView = screen.name === 'outcome' && screen.purpose === 'view';
        const words = tells === 'unconfirmed' && isView ? 'unconfirmed view' : tells;
        assertTold(phone, words, `${what}, ${code}`);
        answered(phone, {});
        assertLeadsOn(phone, `${what}, ${code}`);
        phone.flow.close();
      }
    });
  }

  it('R19: as the answer to signOut it keeps nobody signed in, and the host is not left waiting', async () => {
    for (const code of problemCodes) {
      const session = await signIn(running, 'adult');
      const phone = new Phone(running, { session: async () => session });
      answered(phone, { signOut: code });
      phone.flow.open('application');
      await phone.until(() => phone.flow.state.known.me !== undefined, 'waited for the identity');
      await phone.letRun(phone.flow.signOut());
      assert.equal(phone.flow.state.known.me, undefined, code);
      assert.equal(phone.vault.content, undefined, code);
    }
  });

  it('walks every call of a holder', () => {
    const walked = new Set<string>(Object.values(walks).map(({ call }) => call));
    assert.deepEqual(
      Object.keys(holderCalls).filter((call) => !walked.has(call)),
      ['signOut'],
    );
  });
});
