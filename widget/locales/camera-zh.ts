import type { CameraFailure } from '../host/camera.ts';
import type { Platform } from '../flow/state.ts';

/** What is wrong with the camera, and how to put it right: one way, or one for each platform. */
export interface CameraText {
  what: string;
  how: string | Readonly<Record<Platform, string>>;
}

/** A text for each way not to see a picture; `left` is the page that was hidden meanwhile. */
export type CameraTexts = Record<CameraFailure | 'left', CameraText>;

export const cameraZh: CameraTexts = {
  denied: {
    what: '还没有允许使用摄像头',
    how: '请点“再试一次”，在弹出的询问中选“允许”。',
  },
  blocked: {
    what: '摄像头权限未打开',
    how: {
      android: '请在手机“设置”的应用权限中，允许本 App 或浏览器使用相机，再试一次。',
      ios: '请在“设置”中找到本 App 或所用的浏览器，打开“相机”，再试一次。',
      desktop: '请点地址栏旁的图标，允许本网站使用摄像头，再试一次。',
    },
  },
  withheld: {
    what: '所在的网页没有开放摄像头',
    how: '请改用 App，或在浏览器中单独打开本服务。',
  },
  missing: {
    what: '没有找到摄像头',
    how: '请接上摄像头再试一次，或换一部有摄像头的手机。',
  },
  busy: {
    what: '摄像头被占用',
    how: '请结束视频通话，关闭正在使用摄像头的其他程序，再试一次。',
  },
  dark: {
    what: '画面是黑的',
    how: '请移开遮住镜头的手指或盖子，到亮处再试一次。',
  },
  ended: {
    what: '摄像头中途关闭了',
    how: '它可能松脱了，或被其他程序、系统关闭。请检查后再试一次。',
  },
  'no-answer': {
    what: '摄像头没有回应',
    how: '如有询问请选“允许”；没有询问，请关闭其他使用摄像头的程序，再试一次。',
  },
  unsupported: {
    what: '这里不能使用摄像头',
    how: '请用 App 或新版浏览器，通过 HTTPS 打开。',
  },
  left: {
    what: '您离开过本页，摄像头已关闭',
    how: '重新打开，就从刚才的一步继续。',
  },
};
