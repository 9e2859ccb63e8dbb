import type { Reason } from '../protocol/code/reasons.ts';

/** What a gate's reason means for the traveller, and the next step (B10). */
export interface GateReasonText {
  what: string;
  next: string;
}

export interface GateReasonTexts {
  heading: string;
  lead: string;
  label: string;
  /** A code that is none of the list. */
  unknown: string;
  /** Leads to the code on the phone. */
  toCode: string;
  reasons: Record<Reason, GateReasonText>;
}

const staffedLane = '请走人工通道，由工作人员核验。';
const otherCode = '请在本页面打开二维码，不要出示截图或其他二维码。';

export const gateReasonsZh: GateReasonTexts = {
  heading: '闸机没有放行？',
  lead: '输入闸机屏幕上的两位原因代码，看看怎么办。',
  label: '原因代码',
  unknown: '没有这个代码，请再看一眼闸机屏幕。',
  toCode: '去二维码页面',
  reasons: {
    malformed: { what: '闸机读到的不是乘车二维码。', next: otherCode },
    unsupported: { what: '闸机读到的不是临时身份证明的二维码。', next: otherCode },
    'unknown-key': { what: '闸机的资料还没有更新。', next: staffedLane },
    'bad-signature': { what: '闸机认不出这个二维码。', next: otherCode },
    'not-yet-valid': {
      what: '二维码比闸机的时间早，可能是闸机时间不准。',
      next: '请等几秒再扫一次；仍不行，请走人工通道。',
    },
    expired: { what: '二维码已经过期。', next: '请点“刷新”，再出示新的二维码。' },
    revoked: {
      what: '这个二维码已停用，可能您在其他手机上查看过，或者已退出登录。',
      next: '请重新核验，再出示新的二维码；不占用申请次数。',
    },
    'denylist-stale': { what: '这台闸机暂时不能放行，与您无关。', next: staffedLane },
    'no-ticket': {
      what: '这里没有找到您今天的车票。',
      next: '请核对车站和乘车日期，并确认购票时用的是同一张身份证。',
    },
    'wrong-train': {
      what: '您的车票不是这个检票口的车次。',
      next: '请核对车次，到大屏幕上显示的检票口。',
    },
    'already-used': { what: '这个二维码已经用过一次。', next: '请点“刷新”，再出示新的二维码。' },
    'already-entered': { what: '您的车票已经进过站。', next: staffedLane },
    'not-entered': { what: '没有找到您的进站记录。', next: staffedLane },
  },
};
