import type { Settings } from '../host-app/settings.ts';
import type { WayName } from './ways.ts';

interface Texts {
  locale: string;
  title: string;
  lead: string;
  otherLanguage: string;
  alone: string;
  source: string;
  events: string;
  noEvents: string;
  ways: Record<WayName, { name: string; about: string }>;
}

export const texts: Record<Settings['language'], Texts> = {
  zh: {
    locale: 'zh-CN',
    title: '同一个组件，六种网页',
    lead: '都是真的组件，连着同一个模拟签发方。每个网页旁边是可以照抄的代码，和它从组件听到的事件。',
    otherLanguage: 'English',
    alone: '单独打开',
    source: '代码',
    events: '事件',
    noEvents: '还没有事件',
    ways: {
      module: { name: '普通网页', about: '一个模块脚本，一个标签。' },
      'script-tag': {
        name: '脚本标签',
        about: '不用打包：一个文件装下一切，带完整性校验，守最严的内容安全策略。',
      },
      frame: {
        name: '另一个源的 iframe',
        about: '摄像头由 allow 借给它；登录、定位和关闭，由外面的网页经桥接代办。',
      },
      'frame-forgotten': {
        name: '没写 allow 的 iframe',
        about: '什么都没借给它，它就直说缺什么，也告诉外面的网页。',
      },
      react: { name: 'React 19', about: '属性和事件都写在 JSX 里，有类型；严格模式。' },
      vue: { name: 'Vue 3', about: '当作普通标签，不需要包装。' },
    },
  },
  en: {
    locale: 'en-GB',
    title: 'One component, six pages',
    lead: 'Each is the real component, on one mock issuer. Beside each page stand its code, to be copied, and the events it hears.',
    otherLanguage: '中文',
    alone: 'Open alone',
    source: 'Code',
    events: 'Events',
    noEvents: 'No events yet',
    ways: {
      module: { name: 'A plain page', about: 'One module script and the tag.' },
      'script-tag': {
        name: 'A script tag',
        about:
          'No bundler: one file with all in it and its integrity hash, under the strictest policy.',
      },
      frame: {
        name: 'A frame of another origin',
        about:
          'It is lent the camera by allow; the page around signs in, locates and closes for it.',
      },
      'frame-forgotten': {
        name: 'A frame without allow',
        about: 'Nothing is lent to it, so it says what is missing, to the page around as well.',
      },
      react: { name: 'React 19', about: 'Properties and events in typed JSX, in strict mode.' },
      vue: { name: 'Vue 3', about: 'A tag like any other, with no wrapper.' },
    },
  },
};
