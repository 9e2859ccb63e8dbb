import { expect } from 'chai';
import type { LitElement } from 'lit';
import {
  announced,
  clear,
  inVault,
  issuer,
  json,
  metadataOf,
  other,
  press,
  section,
  textOf,
  until,
  World,
} from './options-fixture.ts';

const hostOfOther = 'https://issuer.example/*';

describe('options: the issuer', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => clear(world));

  const open = async () => section(await world.page(), 'issuer');
  const field = (part: LitElement) => part.renderRoot.querySelector('input')!;
  function enter(part: LitElement, address: string): void {
    field(part).value = address;
    press(part, '测试并保存');
  }
  const stored = async () => (await world.options.read()).issuer;
  const alerted = (part: LitElement) => until(() => announced(part, 'alert'));
  const connected = (part: LitElement) =>
    until(() => announced(part, 'status').includes('连接成功'));

  it('has a labelled field with the present address, which the hint describes', async () => {
    const part = await open();
    expect(field(part).value).to.equal(issuer);
    expect(field(part).labels?.[0]?.textContent).to.include('地址');
    expect(field(part).getAttribute('aria-describedby')).to.equal('hint');
  });

  it('asks for the host on the click itself, before anything is waited for', async () => {
    const part = await open();
    world.hand.answer = 'wave away';
    enter(part, other);
    expect(world.hand.asked).to.deep.equal([hostOfOther]);
  });

  it('is saved once it has answered, and says what the issuer says of itself', async () => {
    const part = await open();
    enter(part, other);
    await connected(part);
    const said = announced(part, 'status');
    expect(said).to.include(other).and.to.include('中文、英语').and.to.include('不在此提供登录');
    expect(await stored()).to.equal(other);
    expect(world.hand.held).to.include(hostOfOther);
  });

  it('the present one can be tested without changing anything', async () => {
    await world.signInWithCode();
    const part = await open();
    enter(part, issuer);
    await connected(part);
    expect(announced(part, 'status')).to.include('可以在此登录');
    expect(world.hand.asked).to.deep.equal([]);
    expect(await inVault()).to.have.length(2);
  });

  const faults: [what: string, address: string, words: string, next: string][] = [
    ['that is none', 'two words', '不是网址', '以 https:// 开头'],
    ['without encryption', 'http://issuer.example', '没有加密', '请改用 https://'],
    ['that cannot be reached', 'https://away.example', '连不上', '检查地址和网络'],
    ['of somebody else', 'https://page.example', '不是签发方', '核对'],
    ['that says it is elsewhere', 'https://alias.example', 'https://elsewhere.example', '改填'],
  ];
  for (const [what, address, words, next] of faults) {
    it(`an address ${what} is not saved: what is wrong is announced, with the next step`, async () => {
      const { answers } = world.network;
      const path = '/.well-known/boarding-id';
      answers.set(`GET https://page.example${path}`, () => new Response('<p>Hello'));
      answers.set(`GET https://alias.example${path}`, () =>
        json(metadataOf('https://elsewhere.example')),
      );
      const part = await open();
      enter(part, address);
      await alerted(part);
      expect(announced(part, 'alert')).to.include(words).and.to.include(next);
      expect(announced(part, 'status')).to.equal('');
      expect(await stored()).to.equal(issuer);
      const input = field(part);
      expect(input.getAttribute('aria-invalid')).to.equal('true');
      expect(input.getAttribute('aria-describedby')).to.include('fault');
      expect(part.shadowRoot?.activeElement).to.equal(input);
      // Nothing is held for an address that is not used.
      expect([...world.hand.held]).to.deep.equal(['http://localhost/*']);
    });
  }

  it('refused the host, it is not saved and nobody is called', async () => {
    const part = await open();
    world.network.calls.length = 0;
    world.hand.answer = 'refuse';
    enter(part, other);
    await alerted(part);
    expect(announced(part, 'alert')).to.include('没有获得访问').and.to.include('选“允许”');
    expect(await stored()).to.equal(issuer);
    expect(world.network.calls).to.deep.equal([]);
  });

  it('a question that is waved away leaves nothing waiting: one more press asks again', async () => {
    const part = await open();
    world.hand.answer = 'wave away';
    enter(part, other);
    await until(() => announced(part, 'status').includes('再按一次按钮'));
    world.hand.answer = 'allow';
    enter(part, other);
    await connected(part);
    expect(world.hand.asked).to.deep.equal([hostOfOther, hostOfOther]);
  });

  it('a question that was waved away may be answered later, when it has been asked again', async () => {
    const part = await open();
    world.hand.answer = 'wave away';
    enter(part, other);
    enter(part, other);
    world.hand.allow(hostOfOther);
    await connected(part);
    expect(await stored()).to.equal(other);
  });

  it('an answer that comes late is dropped when something else was asked since', async () => {
    const answers: ((response: Response) => void)[] = [];
    world.network.answers.set('GET https://slow.example/.well-known/boarding-id', () => {
      return new Promise<Response>((resolve) => answers.push(resolve));
    });
    const part = await open();
    enter(part, 'https://slow.example');
    await until(() => answers.length > 0);
    enter(part, other);
    await connected(part);
    answers[0]!(json(metadataOf('https://slow.example')));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(await stored()).to.equal(other);
    expect(announced(part, 'status')).to.include(other);
  });

  const stakes: [string, () => Promise<void>][] = [
    ['somebody signed in', () => world.set({ signedIn: { user: 'adult', at: `${issuer}/mock` } })],
    ['a grant in the vault', () => world.signInWithCode()],
    [
      'a guest’s code on a surface',
      async () => {
        world.isCodeOpen = true;
      },
    ],
  ];
  for (const [what, arrange] of stakes) {
    it(`R19: with ${what}, it says beforehand what goes, and nothing has gone yet`, async () => {
      await arrange();
      const part = await open();
      enter(part, other);
      await until(() => part.shadowRoot?.querySelector('#question'));
      await part.updateComplete;
      expect(textOf(part)).to.include('退出登录并撤销二维码').and.to.include(issuer);
      await until(() => part.shadowRoot?.activeElement?.id === 'question');
      expect(await stored()).to.equal(issuer);
      expect(world.network.calls.some((call) => call.startsWith('DELETE'))).to.equal(false);
    });
  }

  it('R19: changed, it signs out at the former one first, and says what came of it', async () => {
    await world.signInWithCode();
    const part = await open();
    enter(part, other);
    await until(() => part.shadowRoot?.querySelector('#question'));
    press(part, '退出并更换');
    await connected(part);
    expect(announced(part, 'status')).to.include('签发方已撤销').and.to.include('已从此浏览器删除');
    expect(world.network.calls).to.include(`DELETE ${issuer}/v1/grants`);
    expect((await world.options.read()).signedIn).to.equal(undefined);
    expect(await inVault()).to.deep.equal([]);
  });

  it('R19: when the former one is away, says when the codes end by themselves', async () => {
    await world.signInWithCode();
    const part = await open();
    world.network.answers.delete(`DELETE ${issuer}/v1/grants`);
    enter(part, other);
    await until(() => part.shadowRoot?.querySelector('#question'));
    press(part, '退出并更换');
    await connected(part);
    expect(announced(part, 'status')).to.include('最迟 30 分钟内自行失效');
  });

  it('kept, nothing changes, and the host that was asked for is given back', async () => {
    await world.signInWithCode();
    const part = await open();
    enter(part, other);
    await until(() => part.shadowRoot?.querySelector('#question'));
    press(part, '保留原签发方');
    await until(() => !world.hand.held.has(hostOfOther));
    await part.updateComplete;
    expect(part.shadowRoot?.querySelector('#question')).to.equal(null);
    expect(field(part).value).to.equal(issuer);
    expect(part.shadowRoot?.activeElement).to.equal(field(part));
    expect(await stored()).to.equal(issuer);
    expect(await inVault()).to.have.length(2);
  });

  it('back to the default is one press, and gives the other host back', async () => {
    await world.set({ issuer: other });
    world.hand.held.add(hostOfOther);
    const part = await open();
    press(part, '恢复默认地址');
    await connected(part);
    expect(await stored()).to.equal(issuer);
    expect([...world.hand.held]).to.deep.equal(['http://localhost/*']);
    expect(textOf(part)).not.to.include('恢复默认地址');
  });

  it('hosts of an earlier visit that are not in use are given back when the page opens', async () => {
    world.hand.held.add('https://former.example/*');
    await open();
    await until(() => !world.hand.held.has('https://former.example/*'));
  });

  it('a browser that does not store it is told of', async () => {
    const part = await open();
    world.memory.isFull = true;
    enter(part, other);
    await alerted(part);
    expect(announced(part, 'alert')).to.include('没有保存这项更改');
  });
});
