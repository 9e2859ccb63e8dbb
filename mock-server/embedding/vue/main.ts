// Copy this, or write the same as a template, with `isCustomElement: (tag) => tag.startsWith('boarding-id')`
// among its compiler's options:
//   <boarding-id v-if="isOpen" issuer="https://issuer.example" :lang="lang" :session.prop="session"
//     @boarding-id-issued="issued" @boarding-id-closed="isOpen = false" />
import type { HostEventMap } from 'boarding-id';
import 'boarding-id/define';
import { createApp, defineComponent, h, ref } from 'vue';
import { sessionOf } from '../session.ts';

const words = {
  zh: { open: '临时乘车身份证明', other: 'English', until: '有效至' },
  en: { open: 'Temporary boarding ID', other: '中文', until: 'Valid until' },
};

const session = () => sessionOf('adult');

const BoardingPass = defineComponent(() => {
  const query = new URLSearchParams(location.search);
  const lang = ref<'zh' | 'en'>(query.get('lang') === 'en' ? 'en' : 'zh');
  const isOpen = ref(true);
  const validUntil = ref<number>();
  const switchLang = () => (lang.value = lang.value === 'zh' ? 'en' : 'zh');
  return () => {
    const { open, other, until } = words[lang.value];
    const end = validUntil.value;
    return [
      h('header', [
        h('strong', 'Vue'),
        end && h('span', `${until} ${new Date(end * 1000).toLocaleString(lang.value)}`),
        h('button', { onClick: switchLang }, other),
      ]),
      isOpen.value
        ? h('boarding-id', {
            issuer: 'https://issuer.example',
            lang: lang.value,
            '.session': session,
            onBoardingIdIssued: ({ detail }: HostEventMap['boarding-id-issued']) => {
              validUntil.value = detail.validUntil;
            },
            onBoardingIdClosed: () => (isOpen.value = false),
          })
        : h('button', { onClick: () => (isOpen.value = true) }, open),
    ];
  };
});

createApp(BoardingPass).mount('#root');
