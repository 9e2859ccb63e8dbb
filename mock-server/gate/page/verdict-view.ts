import { html, nothing, svg, type TemplateResult } from 'lit';
import { inspectionPurposes } from '../../../widget/protocol/messages/gate.ts';
import type { Post, Stations } from './configuration.ts';
import type { Display } from './display.ts';
import type { Texts } from './texts.ts';
import { stationName } from './post-view.ts';

/** Each verdict has a shape of its own, so that nobody has to tell green from red. */
const shapes = {
  pass: svg`<circle cx="50" cy="50" r="46" /><path d="M28 52 L44 68 L73 35" />`,
  refused: svg`<path d="M31 4 H69 L96 31 V69 L69 96 H31 L4 69 V31 Z" /><path d="M34 34 L66 66 M66 34 L34 66" />`,
  unseen: svg`<rect x="6" y="20" width="88" height="60" rx="8" /><path d="M20 64 Q32 44 44 64 M32 40 V42 M56 42 H80 M56 58 H72" />`,
  broken: svg`<path d="M50 6 L96 92 H4 Z" /><path d="M50 38 V62 M50 75 V77" />`,
};

export interface VerdictScene {
  display: Display;
  post: Post;
  stations: Stations;
  texts: Texts;
  dismiss: () => void;
}

/** The verdict over the whole page, to be read from two metres away. */
export function verdictView(scene: VerdictScene): TemplateResult {
  const { display, texts, dismiss } = scene;
  const kind = isUnseen(scene) ? 'unseen' : display.kind;
  return html`
    <section class="verdict" data-kind=${kind} role="alert">
      <svg class="shape" viewBox="0 0 100 100" aria-hidden="true">${shapes[kind]}</svg>
      ${wordsView(scene)}
      <footer>
        ${
          'alone' in display && display.alone
            ? html`<span class="alone">${texts.judgedAlone}</span>`
            : nothing
        }
        <button class="next" @click=${dismiss}>${texts.next}</button>
      </footer>
    </section>
  `;
}

function wordsView(scene: VerdictScene): TemplateResult {
  const { display, texts } = scene;
  if (display.kind === 'pass') {
    if (isUnseen(scene)) return saying(texts.unseen.word, texts.unseen.hint);
    const word = isLook(scene.post) ? texts.valid : texts.pass;
    return html`${saying(word, passHint(scene))} ${seenView(scene)}`;
  }
  if (display.kind === 'broken') return saying(texts.broken.word, texts.broken.hint);
  const { word, hint } = texts.reasons[display.reason];
  const { code, secondsOff } = display;
  return html`
    ${saying(word, secondsOff === undefined ? hint : `${hint} · ${texts.secondsOff(secondsOff)}`)}
    <p class="code"><span>${texts.codeLabel}</span> <strong>${code}</strong></p>
  `;
}

/** Whether a person looks at the code, and not a gate. */
const isLook = ({ purpose }: Post): boolean => inspectionPurposes.some((look) => look === purpose);

/** A face cannot be compared with a holder whom only the issuer could show: that is no pass. */
const isUnseen = ({ display, post }: VerdictScene): boolean =>
  display.kind === 'pass' && isLook(post) && display.seen === undefined;

/** Whose code it is, masked, for whoever compares it with the person. */
function seenView({ display, post, texts }: VerdictScene) {
  if (display.kind !== 'pass') return nothing;
  if (!display.seen) return nothing;
  const { holder, proof } = display.seen;
  return html`<p class="seen">
    <span>${texts.holder}</span> <strong>${holder.name}</strong> <span>${holder.number}</span>
    ${proof ? html`<span>${texts.proofUntil(instant(proof.validUntil, post))}</span>` : nothing}
  </p>`;
}

/** @param at whole seconds since the epoch */
const instant = (at: number, { language }: Post): string =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: 'Asia/Shanghai',
    month: language === 'zh' ? 'numeric' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at * 1000);

const saying = (word: string, hint: string): TemplateResult => html`
  <p class="word">${word}</p>
  <p class="hint">${hint}</p>
`;

function passHint({ display, post, stations, texts }: VerdictScene): string {
  if (display.kind !== 'pass' || !display.ticket) return texts.counterHint;
  const { kind, train, from, to } = display.ticket;
  const name = (station: string): string => stationName(stations, station, post.language);
  return `${texts.kinds[kind]} · ${train} · ${name(from)} → ${name(to)}`;
}
