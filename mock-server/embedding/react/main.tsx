// Copy this: React 19 sets what the element has as properties, and hears what stands after `on`.
import 'boarding-id/define';
import type {} from 'boarding-id/react';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { sessionOf } from '../session.ts';

const words = {
  zh: { open: '临时乘车身份证明', other: 'English', until: '有效至' },
  en: { open: 'Temporary boarding ID', other: '中文', until: 'Valid until' },
};

// Outside: a function made anew by every rendering would be asked anew after every rendering.
const session = () => sessionOf('adult');

function BoardingPass() {
  const query = new URLSearchParams(location.search);
  const [lang, setLang] = useState<'zh' | 'en'>(query.get('lang') === 'en' ? 'en' : 'zh');
  const [isOpen, setOpen] = useState(true);
  const [validUntil, setValidUntil] = useState<number>();
  const { open, other, until } = words[lang];
  return (
    <>
      <header>
        <strong>React</strong>
        {validUntil && (
          <span>{`${until} ${new Date(validUntil * 1000).toLocaleString(lang)}`}</span>
        )}
        <button onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>{other}</button>
      </header>
      {isOpen ? (
        <boarding-id
          issuer="https://issuer.example"
          lang={lang}
          session={session}
          onboarding-id-issued={({ detail }) => setValidUntil(detail.validUntil)}
          onboarding-id-closed={() => setOpen(false)}
        />
      ) : (
        <button onClick={() => setOpen(true)}>{open}</button>
      )}
    </>
  );
}

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <BoardingPass />
  </StrictMode>,
);
