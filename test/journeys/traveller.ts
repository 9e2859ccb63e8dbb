import type { Frame, Page } from 'puppeteer-core';
import { zxing, type QrReader } from './qr-readers.ts';
import { Screen } from './screen.ts';

/** What a traveller does in the mock ticketing app, in Chinese, by the words on the screen. */
export class Traveller {
  readonly screen: Screen;
  readonly #read: QrReader;

  constructor(page: Page, read: QrReader = zxing, inside: Page | Frame = page) {
    this.screen = new Screen(page, inside);
    this.#read = read;
  }

  /** Buys a single ticket as a guest. @returns whom it was bought for */
  async buyTicket(): Promise<{ name: string; number: string }> {
    const { screen } = this;
    await screen.press('购票');
    await screen.press('填入虚构示例');
    await screen.page.waitForFunction(`(${deepValue})('居民身份证号码').length === 18`);
    const name = (await screen.page.evaluate(`(${deepValue})('姓名')`)) as string;
    const number = (await screen.page.evaluate(`(${deepValue})('居民身份证号码')`)) as string;
    await screen.press('购买');
    await screen.sees('可用至');
    return { name, number };
  }

  /** From the host's home page to the application (R1). */
  async openService(): Promise<void> {
    await this.screen.press('首页');
    await this.screen.press('温馨服务');
    await this.chooseService();
  }

  /** From the list of services to the application, or to the code. */
  async chooseService(): Promise<void> {
    await this.screen.press('乘坐旅客列车临时身份证明');
  }

  /** Back from the application or the code to the host. */
  async leaveService(): Promise<void> {
    await this.screen.press('返回');
    await this.screen.press('返回');
  }

  /** Signs in to the host as one of its people. */
  async signIn(label: string): Promise<void> {
    await this.screen.press('我的');
    await this.screen.press(label);
    await this.screen.sees('退出登录');
  }

  async signOut(): Promise<void> {
    await this.screen.press('我的');
    await this.screen.press('退出登录');
    await this.screen.sees('选择一位虚构旅客登录');
  }

  async fillIn({ name, number }: { name: string; number: string }): Promise<void> {
    await this.screen.fill('姓名', name);
    await this.screen.fill('证件号码', number);
    await this.screen.tick('我为本人办理');
  }

  async apply(): Promise<void> {
    await this.screen.sees('北京市');
    await this.screen.press('立即申请');
  }

  async passLiveness(): Promise<void> {
    const { screen } = this;
    await screen.press('开始核验');
    await screen.sees('这是演示用的核验');
    await screen.press('打开摄像头');
    for (let prompt = 0; prompt < 3; prompt++) await screen.press('完成了，下一步');
  }

  /** Reads the code off a picture of the screen. */
  async readCode(): Promise<string> {
    await this.screen.sees('后自动更新');
    await this.screen.page.evaluate(() => scrollTo(0, 0));
    const picture = await this.screen.page.screenshot();
    const [code, ...others] = await this.#read(picture);
    if (code === undefined || others.length > 0) throw new Error('not one code on the screen');
    return code;
  }

  /** Waits until another code than this stands on the screen. */
  async readAnotherCode(than: string): Promise<string> {
    for (let look = 0; look < 50; look++) {
      const code = await this.readCode();
      if (code !== than) return code;
    }
    throw new Error('the code did not change');
  }
}

const deepValue = `function value(label) {
  const search = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.matches('input') && element.checkVisibility() && [...element.labels].some((l) => l.textContent.trim().startsWith(label))) return element.value;
      const inner = element.shadowRoot ? search(element.shadowRoot) : undefined;
      if (inner !== undefined) return inner;
    }
  };
  return search(document) ?? '';
}`;
