import type { NameRefusal } from '../protocol/person-name.ts';
import type { ResidentIdRefusal } from '../protocol/resident-id.ts';
import type { DocumentType } from '../protocol/documents.ts';
import type { LivenessPrompt, Record as ApplicationRecord } from '../protocol/messages/holder.ts';
import type { RefusalCode } from '../flow/refusal.ts';
import type { LocationFailure } from '../flow/state.ts';
import { helpZh } from './help-zh.ts';

/** A refusal in words: what happened, why, and what the traveller can do now. */
export interface RefusalText {
  title: string;
  text: string;
  next: string;
}

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

/** Chinese, the language that defines the keys. */
export const zh = {
  language: 'zh-CN',
  back: '返回',
  help: '须知与问答',
  retry: '重试',
  loading: '正在读取…',
  steps: { label: '办理进度', names: ['填写', '核验', '出示'] },
  headings: {
    services: '温馨服务',
    application: '临时乘车身份证明',
    liveness: '实人核验',
    waiting: '正在确认结果',
    pending: '正在审核',
    approved: '审核通过',
    refusedApply: '未能办理',
    refusedView: '暂时无法查看',
    code: '临时乘车身份证明',
    verificationRequired: '请再次核验',
    proofEnded: '证明已失效',
    records: '申请记录',
    help: '须知与问答',
  },
  services: {
    name: '乘坐旅客列车临时身份证明',
    about: '忘带身份证？在线申请，扫码乘车',
    others: '其他服务',
  },
  paper: {
    summary: '办不了？去公安制证窗口',
    text: '前往车站的公安制证窗口，可办理纸质临时乘车身份证明。',
    nearest: (station: string, distance: string): string => `最近：${station} · ${distance}`,
    unknown: '定位后显示附近的窗口。',
    mock: '示例数据',
    distance: (metres: number): string =>
      metres < 1000 ? `${Math.round(metres)} 米` : `${(metres / 1000).toFixed(1)} 公里`,
  },
  application: {
    lead: (hours: number): string => `凭本人二维码进出站、乘车，${hours} 小时内有效。`,
    name: '姓名',
    documentType: '证件类型',
    number: '证件号码',
    numberHint: '18 位，末位可以是 X',
    identity: '您的身份信息',
    identityFrom: '取自您的账号，仅显示部分',
    consent: '我为本人办理，所填信息真实有效',
    apply: '立即申请',
    view: '查看',
    viewHint: '已有证明？点“查看”，不占用申请次数。',
    busy: '正在提交…',
    left: (left: number, month: number): string => `本月还可申请 ${left} 次（每月 ${month} 次）`,
    noneLeft: (from: string): string => `本月次数已用完，${from} 起可再次申请。`,
    existing: (until: string, from: string): string =>
      `您已有一份证明，${until} 前有效；${from} 起可申请新的。`,
    records: '申请记录',
    errors: (count: number): string => `有 ${count} 处需要修改`,
    consentMissing: '请先确认是为本人办理',
    documents: {
      'resident-id': '中国居民身份证',
      passport: '护照',
      'hong-kong-macao-permit': '港澳居民来往内地通行证',
      'taiwan-permit': '台湾居民来往大陆通行证',
      'foreign-permanent-resident-id': '外国人永久居留身份证',
      'hong-kong-macao-taiwan-residence-permit': '港澳台居民居住证',
    } satisfies Record<DocumentType, string>,
    names: {
      empty: '请填写姓名',
      'too-short': '姓名至少 2 个字',
      'too-long': '姓名最多 50 个字',
      'wrong-characters': '请填写身份证上的汉字姓名',
      'misplaced-dot': '间隔号“·”应在两部分名字之间',
    } satisfies Record<NameRefusal, string>,
    noNumber: '请填写证件号码',
    numbers: {
      'wrong-length': '证件号码应为 18 位',
      'wrong-characters': '只能是数字，末位可以是 X',
      'first-generation': '这是 15 位的旧号码，请填写 18 位号码',
      'wrong-check-character': '号码有误，请逐位核对',
      'other-document': '这不是居民身份证的号码。该证件不能申请，请前往公安制证窗口。',
      'unknown-province': '号码前两位有误，请核对',
      'impossible-birth-date': '号码中的出生日期有误，请核对',
      'birth-date-in-future': '号码中的出生日期在未来，请核对',
      'birth-date-too-old': '号码中的出生日期过早，请核对',
    } satisfies Record<ResidentIdRefusal, string>,
  },
  location: {
    label: '当前城市',
    unasked: '申请前需要定位您所在的城市',
    asking: '正在定位…',
    locate: '定位',
    again: '重新定位',
    missing: '请先完成定位',
    failures: {
      denied: '未获得定位权限。请在系统设置中允许定位，再点“重新定位”。',
      unavailable: '暂时无法确定位置。请打开手机定位服务，或到开阔处重试。',
      timeout: '定位超时。请稍后点“重新定位”。',
      'no-answer': '手机没有回应定位请求。请重新打开页面，或检查定位服务。',
      unsupported: '此浏览器不能定位。请换用手机浏览器或 App。',
    } satisfies Record<LocationFailure, string>,
  },
  liveness: {
    apply: '申请前，请确认是您本人在操作。',
    view: '查看前，请确认是您本人在操作。不占用申请次数。',
    points: ['摄像头会短暂打开', '按提示做几个简单动作', '请正对屏幕，光线充足，摘下口罩'],
    why: '这样别人无法冒用您的身份。',
    limit: (seconds: number, attempts: number): string =>
      `请在 ${seconds} 秒内完成，共 ${attempts} 次机会。`,
    start: '开始核验',
    stage: '实人核验画面',
  },
  livenessStub: {
    title: '演示核验',
    notice: '这是演示用的核验，不会识别人脸，也不能证明任何人的身份。',
    noCamera: '没有打开摄像头。演示可以不用摄像头继续。',
    prompts: {
      blink: '请眨眨眼',
      'open-mouth': '请张张嘴',
      'turn-left': '请向左转头',
      'turn-right': '请向右转头',
      nod: '请点点头',
    } satisfies Record<LivenessPrompt, string>,
    start: '打开摄像头',
    next: '完成了，下一步',
    retry: '再试一次',
    cancel: '取消',
    continueWithoutCamera: '不用摄像头继续',
    attemptsLeft: (left: number): string => `未通过，还可再试 ${left} 次`,
    sending: '正在提交…',
  },
  outcome: {
    waiting: '正在确认，请稍候…',
    pending: '审核需要一点时间，本页会自动更新。',
    pendingRegistered: '可以先关闭，稍后回来查看结果。',
    pendingGuest: '关闭后，请在申请页填写身份信息，点“查看”了解结果。',
    approved: '证明已开具。再做一次实人核验，就能出示二维码。',
    show: '核验并出示',
    availableFrom: (from: string): string => `${from} 起可再次申请。`,
    retryAfter: (seconds: number): string => `请等 ${seconds} 秒后重试。`,
    attemptsLeft: (left: number): string => `还可再试 ${left} 次。`,
    viewExisting: '查看已有证明',
    backToForm: '返回修改',
    applyNow: '去申请',
  },
  code: {
    qr: '乘车二维码',
    valid: '有效',
    seconds: (seconds: number): string => `${seconds} 秒`,
    rotates: '后自动更新',
    refresh: '刷新',
    refreshing: '正在刷新…',
    scan: '扫码模式',
    exitScan: '退出扫码模式',
    live: '实时画面，截图无效',
    number: '证明编号',
    validUntil: '有效期至',
    renewFrom: '可提前申请',
    from: (time: string): string => `${time} 起`,
    verifyAgain: '再次核验',
    inMinutes: (minutes: number): string => `${minutes} 分钟后`,
    holderUnknown: '联网后显示姓名',
    offline: (minutes: number): string => `网络已断开，二维码还可自动更新 ${minutes} 分钟。`,
    offlineClock: '联网前，时间以手机时钟为准，可能有误。',
    offlineRefresh: '没有网络，仍显示当前二维码。',
    empty: '没有可用的二维码，请联网后点“刷新”。',
    uses: '可用于售票、退票、改签，实名制核验，进出站检票和车上验票。计次票、定期票同样可用。',
    verificationText:
      '为避免他人冒用，距上次核验已满时限，二维码已隐藏。再次核验后即可显示，不占用申请次数。',
    verify: '再次核验',
    endedText: '电子临时乘车身份证明已到期。可重新申请；行程中到期，也可走人工通道出站。',
    applyAgain: '重新申请',
  },
  records: {
    since: (day: string): string => `${day} 以来的申请`,
    empty: '这段时间没有申请。',
    statuses: {
      started: '未完成核验',
      'review-pending': '审核中',
      approved: '已通过',
      refused: '未通过',
    } satisfies Record<ApplicationRecord['status'], string>,
    validUntil: (time: string): string => `有效期至 ${time}`,
  },
  helpPage: helpZh,
  refusals: {
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
      next: '请在 App 中登录后再来，或以未登录身份办理。',
    },
    'session-expired': {
      title: '登录已过期',
      text: '账号需要重新登录。',
      next: '请在 App 中重新登录后再来。',
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
  } satisfies Record<RefusalCode, RefusalText>,
};

export type Dictionary = typeof zh;
