import { expect } from 'chai';
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

const metadata = `GET ${issuer}/.well-known/boarding-id`;

describe('options: the sign-in', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => clear(world));

  const open = async () => section(await world.page(), 'sign-in');

  it('lists the people of an issuer that offers one, and stores a reference, no name (B7)', async () => {
    const part = await open();
    press(part, '成年旅客');
    await until(() => textOf(part).includes('已登录：成年旅客'));
    expect((await world.options.read()).signedIn).to.deep.equal({
      user: 'adult',
      at: `${issuer}/mock`,
    });
    expect(JSON.stringify([...world.memory.held])).not.to.include('成年');
    await until(() => part.shadowRoot?.activeElement?.id === 'heading');
  });

  it('says so where there is none, and that a guest can apply', async () => {
    world.network.answers.set(metadata, () => json(metadataOf(issuer)));
    const part = await open();
    expect(textOf(part)).to.include('不在此提供登录').and.to.include('访客');
  });

  it('says when the issuer is away, and asks again on a press', async () => {
    world.network.isDown = true;
    const part = await open();
    expect(textOf(part)).to.include('连不上签发方');
    world.network.isDown = false;
    press(part, '重试');
    await until(() => textOf(part).includes('成年旅客'));
  });

  it('signs nobody in who can have no session, and says so', async () => {
    world.network.answers.set(`POST ${issuer}/mock/sessions`, () => json({}, 503));
    const part = await open();
    press(part, '成年旅客');
    await until(() => announced(part, 'alert'));
    expect(announced(part, 'alert')).to.include('没有登录成功');
    expect((await world.options.read()).signedIn).to.equal(undefined);
  });

  it('R19: signing out revokes, empties, and says both', async () => {
    await world.signInWithCode();
    const part = await open();
    press(part, '退出登录');
    await until(() => announced(part, 'status').includes('已退出登录'));
    expect(announced(part, 'status')).to.include('已撤销').and.to.include('已从此浏览器删除');
    expect(world.network.calls).to.include(`DELETE ${issuer}/v1/grants`);
    expect(await inVault()).to.deep.equal([]);
    expect(await world.times.read()).to.equal(undefined);
    expect(textOf(part)).to.include('成年旅客');
  });

  it('R19: signing out needs no issuer: the codes end by themselves, and it says when', async () => {
    await world.signInWithCode();
    world.network.isDown = true;
    const part = await open();
    expect(textOf(part)).to.include('已登录');
    press(part, '退出登录');
    await until(() => announced(part, 'status').includes('最迟 30 分钟内自行失效'));
    expect(await inVault()).to.deep.equal([]);
  });

  it('what was said of a sign-out goes when somebody signs in', async () => {
    await world.signInWithCode();
    const part = await open();
    press(part, '退出登录');
    await until(() => announced(part, 'status').includes('已退出登录'));
    press(part, '未成年旅客');
    await until(() => textOf(part).includes('已登录：未成年旅客'));
    expect(announced(part, 'status')).to.equal('');
  });

  it('asks the other issuer once that was changed', async () => {
    const part = await open();
    await world.set({ issuer: other });
    await until(() => textOf(part).includes('不在此提供登录'));
    expect(textOf(part)).not.to.include('成年旅客');
  });

  it('shows a sign-out that another surface has done', async () => {
    await world.signInWithCode();
    const part = await open();
    await world.options.clear();
    await until(() => textOf(part).includes('可以扮演'));
  });
});
