import { expect } from 'chai';
import { defaultOptions } from '../../extension/stored-options.ts';
import {
  announced,
  clear,
  inVault,
  issuer,
  press,
  section,
  textOf,
  until,
  World,
} from './options-fixture.ts';

describe('options: clear everything', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => clear(world));

  const open = async () => section(await world.page(), 'clear');

  it('says that clearing the browsing data is not enough, and that this button is', async () => {
    expect(textOf(await open())).to.include('清除浏览数据不会删除扩展保存的内容，请用这里的按钮');
  });

  it('asks once more in place, with the focus there; not clearing changes nothing', async () => {
    await world.signInWithCode();
    const part = await open();
    press(part, '清除全部数据…');
    await until(() => part.shadowRoot?.activeElement?.id === 'question');
    expect(textOf(part)).to.include('确定清除');
    press(part, '不清除');
    await until(() => part.shadowRoot?.activeElement?.id === 'clear');
    expect(await inVault()).to.have.length(2);
    expect((await world.options.read()).signedIn?.user).to.equal('adult');
  });

  it('R19: revokes, empties vault and storage, gives the permissions back, and says all of it', async () => {
    await world.signInWithCode();
    world.hand.held.add('notifications');
    const part = await open();
    press(part, '清除全部数据…');
    await part.updateComplete;
    press(part, '清除');
    await until(() => announced(part, 'status').includes('权限已交还'));
    expect(announced(part, 'status')).to.include('签发方已撤销').and.to.include('已从此浏览器删除');
    expect(world.network.calls).to.include(`DELETE ${issuer}/v1/grants`);
    expect(await inVault()).to.deep.equal([]);
    expect(await world.options.read()).to.deep.equal(defaultOptions);
    expect([...world.hand.held]).to.deep.equal(['http://localhost/*']);
    expect(part.shadowRoot?.activeElement?.id).to.equal('clear');
  });

  it('R19: when the issuer is away, says that the codes end by themselves', async () => {
    await world.signInWithCode();
    const part = await open();
    world.network.isDown = true;
    press(part, '清除全部数据…');
    await part.updateComplete;
    press(part, '清除');
    await until(() => announced(part, 'status').includes('最迟 30 分钟内自行失效'));
    expect(await inVault()).to.deep.equal([]);
  });

  it('a browser that gives nothing up is told of, with the way that is left', async () => {
    const part = await open();
    world.ports.clearStorage = () => Promise.reject(new Error('busy'));
    press(part, '清除全部数据…');
    await part.updateComplete;
    press(part, '清除');
    await until(() => announced(part, 'status').includes('没有删除全部内容'));
    expect(announced(part, 'status')).to.include('移除本扩展');
  });
});
