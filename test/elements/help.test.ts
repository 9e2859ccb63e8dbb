import { expect } from 'chai';
import { en } from '../../widget/locales/en.ts';
import { zh } from '../../widget/locales/index.ts';
import { auditStates } from './audit.ts';
import { reasonCodes, reasons } from '../../widget/protocol/code/reasons.ts';
import { clear, find, screenIn, shellAt, textOf } from './fixture.ts';
import { states } from './states.ts';

describe('boarding-id-help', () => {
  afterEach(clear);
  auditStates('help');

  it('R24: has every notice and every question of the announcement', async () => {
    const shell = await shellAt(states['help']!);
    const text = textOf(screenIn(shell));
    for (const words of [
      '需授权开启定位服务',
      '本人真实身份信息、完成本人操作确认',
      '仅可申请 3 次',
      '60 秒自动更新一次',
      '30 分钟后需要重新通过人脸核验',
      '退出登录、缓存清理后',
      '失效前 3 个小时',
      '公安制证窗口',
      '城市定位功能无法正常使用',
      '有次数限制吗',
      '有有效期吗',
      '无法通过闸机',
      '重新进行本人认证',
      '在什么情况下使用时还需要进行实人核验',
      '计次票或定期票',
      '可以办理哪些业务',
      '未成年人是否可以申请',
    ]) {
      expect(text).to.include(words);
    }
    expect(screenIn(shell).shadowRoot.querySelectorAll('details')).to.have.length(9);
  });

  it('R24: has as many notices and questions in English', () => {
    expect(en.helpPage.noticeTexts).to.have.length(zh.helpPage.noticeTexts.length);
    expect(en.helpPage.questionTexts).to.have.length(zh.helpPage.questionTexts.length);
  });

  const typeReason = async (typed: string) => {
    const shell = await shellAt(states['help']!);
    const field = find(screenIn(shell), '#reason') as HTMLInputElement;
    field.value = typed;
    field.dispatchEvent(new Event('input'));
    await screenIn(shell).updateComplete;
    return { shell, text: textOf(screenIn(shell)) };
  };

  for (const reason of reasons) {
    it(`B10: the gate’s ${reasonCodes[reason]} says what it is and what to do`, async () => {
      const { text } = await typeReason(` ${reasonCodes[reason].toLowerCase()} `);
      for (const { reasons: texts } of [zh.gateReasons, en.gateReasons]) {
        expect(texts[reason].what && texts[reason].next).not.to.equal('');
      }
      expect(text).to.include(zh.gateReasons.reasons[reason].what);
      expect(text).to.include(zh.gateReasons.reasons[reason].next);
      expect(text).not.to.include(zh.gateReasons.unknown);
    });
  }

  it('B10: a code that is none says so once it is whole, and nothing before', async () => {
    expect((await typeReason('Z9')).text).to.include(zh.gateReasons.unknown);
    expect((await typeReason('C')).text).not.to.include(zh.gateReasons.unknown);
  });

  it('B10: leads to the code where 刷新 or another check helps, and else does not', async () => {
    const { shell } = await typeReason(reasonCodes.expired);
    find(screenIn(shell), '.reason button').click();
    expect(shell.flow.heard).to.deep.include({ type: 'open', screen: 'code' });
    expect((await typeReason(reasonCodes['no-ticket'])).text).not.to.include(zh.gateReasons.toCode);
  });

  it('R8: says that minors with a card may apply', async () => {
    expect(textOf(screenIn(await shellAt(states['help']!)))).to.include(
      '已办理中国居民身份证的未成年人可以申请',
    );
  });
});
