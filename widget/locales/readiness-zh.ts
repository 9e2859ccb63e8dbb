import type { StoppingObstacle } from '../flow/state.ts';
import type { RefusalText } from './refusals-zh.ts';

/** What stands in the way, what it is needed for, and how it is mended (B4). */
export const readinessZh: Record<StoppingObstacle, RefusalText> = {
  'insecure-context': {
    title: '此页面未加密',
    text: '未加密的页面不能保管密钥，也不能定位。',
    next: '请通过 App 或以 https 开头的网址打开。',
  },
  'keys-unavailable': {
    title: '此浏览器版本过低',
    text: '它不能安全地生成二维码所需的密钥。',
    next: '请更新浏览器或 App，也可以换一部手机。',
  },
  'location-unsupported': {
    title: '此浏览器无法定位',
    text: '申请时需要您所在的城市。',
    next: '请换用手机浏览器或 App；查看已有证明不需要定位。',
  },
  'location-withheld': {
    title: '所在的网页没有开放定位',
    text: '申请时需要您所在的城市；查看已有证明不需要。',
    next: '请改用 App，或在浏览器中单独打开本服务。',
  },
  'location-blocked': {
    title: '定位权限已关闭',
    text: '申请时需要您所在的城市；查看已有证明不需要。',
    next: '',
  },
  'camera-withheld': {
    title: '所在的网页没有开放摄像头',
    text: '实人核验需要摄像头。',
    next: '请改用 App，或在浏览器中单独打开本服务。',
  },
  'camera-missing': {
    title: '没有找到摄像头',
    text: '实人核验需要摄像头。',
    next: '请接上摄像头，或换一部有摄像头的手机。',
  },
  'camera-blocked': {
    title: '摄像头权限已关闭',
    text: '实人核验需要摄像头。',
    next: '',
  },
  'storage-refused': {
    title: '此浏览器不保存数据',
    text: '可能是无痕模式，或存储空间已满。关闭页面后，查看二维码需重新核验。',
    next: '请退出无痕模式或清理空间；也可以先继续。',
  },
  offline: {
    title: '没有网络',
    text: '申请和核验需要网络。',
    next: '请打开移动数据或无线网络；连上后会自动继续。',
  },
};
