import { expect } from 'chai';
import type { LitElement } from 'lit';
import type { Reminder } from '../../extension/stored-options.ts';
import { announced, clear, press, section, until, World } from './options-fixture.ts';

describe('options: the reminders', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => clear(world));

  const open = async () => section(await world.page(), 'reminders');
  const field = (part: LitElement, name: Reminder) =>
    part.renderRoot.querySelector<HTMLInputElement>(`#${name}`)!;
  const stored = async () => (await world.options.read()).reminders;

  it('are three labelled switches, each off at first', async () => {
    const part = await open();
    const all = [...part.renderRoot.querySelectorAll<HTMLInputElement>('[role=switch]')];
    expect(all.map(({ checked }) => checked)).to.deep.equal([false, false, false]);
    for (const each of all) expect(each.labels?.[0]?.textContent.trim()).not.to.equal('');
  });

  it('the first asks for notifications on the click itself, and is on once they are allowed', async () => {
    const part = await open();
    field(part, 'renewal').click();
    expect(world.hand.asked).to.deep.equal(['notifications']);
    await until(() => field(part, 'renewal').checked);
    expect(await stored()).to.deep.equal({ renewal: true, end: false, verification: false });
  });

  it('the others, and switching off, ask nobody', async () => {
    world.hand.held.add('notifications');
    await world.set({ reminders: { renewal: true, end: false, verification: false } });
    const part = await open();
    field(part, 'verification').click();
    await until(() => field(part, 'verification').checked);
    field(part, 'renewal').click();
    await until(() => !field(part, 'renewal').checked);
    expect(await stored()).to.deep.equal({ renewal: false, end: false, verification: true });
    expect(world.hand.asked).to.deep.equal([]);
  });

  it('two pressed at once are both stored', async () => {
    world.hand.held.add('notifications');
    await world.set({ reminders: { renewal: true, end: true, verification: false } });
    const part = await open();
    field(part, 'renewal').click();
    field(part, 'end').click();
    await until(() => !field(part, 'renewal').checked && !field(part, 'end').checked);
    expect(await stored()).to.deep.equal({ renewal: false, end: false, verification: false });
  });

  it('refused, the switch stays off, and what to do is announced', async () => {
    const part = await open();
    world.hand.answer = 'refuse';
    field(part, 'end').click();
    expect(field(part, 'end').checked).to.equal(false);
    await until(() => announced(part, 'alert'));
    expect(announced(part, 'alert')).to.include('提醒仍关闭').and.to.include('选“允许”');
    expect(field(part, 'end').checked).to.equal(false);
    expect((await stored()).end).to.equal(false);
  });

  it('waved away, the switch is off and can be pressed again', async () => {
    const part = await open();
    world.hand.answer = 'wave away';
    field(part, 'end').click();
    await until(() => announced(part, 'status').includes('再按一次开关'));
    expect(field(part, 'end').checked).to.equal(false);
    world.hand.answer = 'allow';
    field(part, 'end').click();
    await until(() => field(part, 'end').checked);
    expect(announced(part, 'status')).to.equal('');
    expect(world.hand.asked).to.deep.equal(['notifications', 'notifications']);
  });

  it('withdrawn in the browser, the page says so, and asks again on a press', async () => {
    world.hand.held.add('notifications');
    await world.set({ reminders: { renewal: true, end: false, verification: false } });
    const part = await open();
    expect(announced(part, 'alert')).to.equal('');
    world.hand.withdraw('notifications');
    await until(() => announced(part, 'alert').includes('不再允许'));
    press(part, '允许通知');
    expect(world.hand.asked).to.deep.equal(['notifications']);
    await until(() => announced(part, 'alert') === '');
  });

  it('withdrawn while nothing is wanted, there is nothing to say', async () => {
    const part = await open();
    world.hand.withdraw('notifications');
    await part.updateComplete;
    expect(announced(part, 'alert')).to.equal('');
  });

  it('a browser that does not store the choice is told of, and the switch stays', async () => {
    const page = await world.page();
    const part = section(page, 'reminders');
    world.memory.isFull = true;
    field(part, 'end').click();
    await until(() => announced(page, 'alert'));
    expect(announced(page, 'alert')).to.include('没有保存这项更改');
    expect(field(part, 'end').checked).to.equal(false);
  });

  it('listens to the browser only while it is in the page', async () => {
    await world.set({ reminders: { renewal: true, end: false, verification: false } });
    world.hand.held.add('notifications');
    const page = await world.page();
    const part = section(page, 'reminders');
    page.remove();
    world.hand.withdraw('notifications');
    await part.updateComplete;
    expect(announced(part, 'alert')).to.equal('');
  });
});
