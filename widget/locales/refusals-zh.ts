import type { RefusalCode } from '../flow/refusal.ts';

/** A refusal in words: what happened, why, and what the traveller can do now. */
export interface RefusalText {
  title: string;
  text: string;
  next: string;
}

/** A text for each refusal there is. */
export type RefusalTexts = Record<RefusalCode, RefusalText>;

const ourFault: RefusalText = {
  title: '系统出了点问题',
  text: '问题不在您的操作。',
  next: '请重试；仍不行，请前往公安制证窗口。',
};
const cameraAway: RefusalText = {
  title: '没有可用的摄像头',
  text: '实人核验需要摄像头。',
  next: '请换一部有摄像头的手机，或前往公安制证窗口。',
};
const verifyFirst: RefusalText = {
  title: '需要重新核验',
  text: '为避免他人冒用，请再次完成实人核验。',
  next: '核验不占用申请次数。',
};

export const refusalsZh: RefusalTexts = {
  'invalid-request': ourFault,
  'unsupported-document': {
    title: '该证件不能在线办理',
    text: '电子临时乘车身份证明暂时仅支持中国居民身份证。',
    next: '请携带该证件，前往车站的公安制证窗口咨询。',
  },
  'invalid-id-number': {
    title: '证件号码有误',
    text: '号码未通过校验。',
    next: '请对照证件逐位核对后重新提交。',
  },
  'first-generation-id-number': {
    title: '请填写 18 位号码',
    text: '您填写的是 15 位的旧号码。',
    next: '请填写 18 位居民身份证号码。',
  },
  'invalid-name': {
    title: '姓名有误',
    text: '姓名应与居民身份证一致。',
    next: '请核对后重新提交。',
  },
  'consent-required': {
    title: '请先确认',
    text: '需要确认是为本人办理。',
    next: '勾选确认后重新提交。',
  },
  'location-required': {
    title: '需要定位',
    text: '没有位置信息，不能申请。',
    next: '请完成定位后重新提交。',
  },
  'proof-still-valid': {
    title: '已有有效的证明',
    text: '当前证明仍然有效，暂时不能申请新的。',
    next: '可以直接查看已有的证明。',
  },
  'quota-exhausted': {
    title: '本月次数已用完',
    text: '每人每个自然月的申请次数有限。',
    next: '今天乘车，请前往车站的公安制证窗口办理纸质证明。',
  },
  'liveness-failed': {
    title: '实人核验未通过',
    text: '没能确认是您本人，可能是光线或角度的原因。',
    next: '请到明亮处重试，不占用申请次数。',
  },
  'liveness-expired': {
    title: '核验超时',
    text: '没有在规定时间内完成核验。',
    next: '请重试，不占用申请次数。',
  },
  'liveness-mismatch': {
    title: '实人核验未通过',
    text: '核验结果与这次申请不符。',
    next: '请由本人重新核验，不占用申请次数。',
  },
  'review-pending': {
    title: '正在审核',
    text: '审核需要一点时间。',
    next: '请稍后回来查看。',
  },
  'review-refused': {
    title: '审核未通过',
    text: '这次申请没有通过审核，未占用申请次数。',
    next: '请前往车站的公安制证窗口办理纸质证明。',
  },
  'no-valid-proof': {
    title: '没有有效的证明',
    text: '没有找到可以查看的证明。',
    next: '请先申请。',
  },
  'verification-required': verifyFirst,
  'session-required': {
    title: '请先登录',
    text: '此功能需要登录。',
    next: '请登录后再来，或以未登录身份办理。',
  },
  'session-expired': {
    title: '登录已过期',
    text: '账号需要重新登录。',
    next: '请重新登录后再来。',
  },
  'credential-required': verifyFirst,
  'invalid-dpop-proof': ourFault,
  'use-dpop-nonce': ourFault,
  'idempotency-conflict': ourFault,
  'rate-limited': {
    title: '操作太频繁',
    text: '短时间内尝试次数过多。',
    next: '请稍等片刻再试。',
  },
  'not-found': {
    title: '没有找到这次办理',
    text: '它可能已经过期。',
    next: '请重新开始。',
  },
  unavailable: {
    title: '服务暂时不可用',
    text: '服务正忙。',
    next: '请稍后重试；赶时间请前往公安制证窗口。',
  },
  'no-connection': {
    title: '网络不通',
    text: '没有连上服务。',
    next: '请检查网络后重试。',
  },
  'unintelligible-answer': ourFault,
  'liveness-undelivered': {
    title: '核验结果没有及时送到',
    text: '网络中断太久，这次核验已经过时。没有占用申请次数。',
    next: '请再核验一次；赶时间请前往公安制证窗口。',
  },
  'camera-denied': {
    title: '未获得摄像头权限',
    text: '实人核验需要摄像头。',
    next: '请在系统设置中允许使用摄像头，再重试。',
  },
  'camera-missing': cameraAway,
  'camera-busy': {
    title: '摄像头被占用',
    text: '其他程序正在使用摄像头。',
    next: '请关闭它们，再重试。',
  },
  'liveness-unavailable': {
    title: '核验服务不可用',
    text: '暂时无法进行实人核验。',
    next: '请稍后重试；赶时间请前往公安制证窗口。',
  },
  'keys-unavailable': {
    title: '此浏览器不支持',
    text: '浏览器无法安全地保管密钥。',
    next: '请用 App 或新版浏览器通过 HTTPS 打开，或前往公安制证窗口。',
  },
};
