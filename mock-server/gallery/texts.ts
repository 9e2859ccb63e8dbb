import type { Settings } from '../host-app/settings.ts';
import type { LookName } from './gallery-page.ts';
import type { SampleName } from './samples.ts';

interface Texts {
  locale: string;
  title: string;
  lead: string;
  otherLanguage: string;
  theme: string;
  themes: Record<Settings['theme'], string>;
  screens: Record<SampleName, string>;
  nothingSet: string;
  looks: Record<LookName, { name: string; about: string }>;
}

export const texts: Record<Settings['language'], Texts> = {
  zh: {
    locale: 'zh-CN',
    title: '同一个组件，四家应用',
    lead: '下面都是真的组件，数据是样例。每家应用旁边那几行样式，就是它写下的全部。',
    otherLanguage: 'English',
    theme: '主题',
    themes: { system: '跟随系统', light: '浅色', dark: '深色' },
    screens: { application: '填写', liveness: '核验', code: '出示', refused: '办不了' },
    nothingSet: '/* 一行也没有 */',
    looks: {
      rail: { name: '远山铁路', about: '只给一个品牌色，其余都由它推出来。' },
      bus: { name: '暖城公交', about: '亮黄、暖底、大圆角，用自己的字体。' },
      terminal: { name: '7 号终端', about: '不论系统，一直深色；直角，等宽字。' },
      plain: { name: '没有样式的网页', about: '只放一个标签。' },
    },
  },
  en: {
    locale: 'en-GB',
    title: 'One component, four apps',
    lead: 'These are real components showing sample data. The few lines beside each app are all it has written.',
    otherLanguage: '中文',
    theme: 'Theme',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    screens: { application: 'Form', liveness: 'Check', code: 'Code', refused: 'Refused' },
    nothingSet: '/* not one line */',
    looks: {
      rail: { name: 'Farhill Rail', about: 'One brand colour; the rest follows from it.' },
      bus: {
        name: 'Sunny Bus',
        about: 'Bright yellow, warm grounds, very round, in its own type.',
      },
      terminal: {
        name: 'Terminal 7',
        about: 'Always dark, whatever the system; square, monospaced.',
      },
      plain: { name: 'A page without styles', about: 'Nothing but the tag.' },
    },
  },
};
