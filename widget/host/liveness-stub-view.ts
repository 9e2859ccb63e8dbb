/** How the stub looks: plain DOM, so that it needs no library, and classes, so that a strict CSP holds. */

export interface StubView {
  title: string;
  /** Said on every step: that this is a stub. */
  notice: string;
  /** What the traveller is asked to do now, or is told. */
  message: string;
  /** How to go on, where the message is not that itself. */
  advice: string;
  camera: HTMLVideoElement | undefined;
  /** The pictures taken so far; they stay on the phone. */
  frames: readonly HTMLCanvasElement[];
  /** The first is the main one, unless it is the only one, the way out. */
  buttons: readonly { label: string; press: () => void }[];
}

export function drawStub(container: HTMLElement, view: StubView): void {
  const hadFocus = container.matches(':focus-within');
  const frames = element('div', 'stub-frames');
  frames.setAttribute('aria-hidden', 'true');
  frames.append(...view.frames);
  const buttons = view.buttons.map(({ label, press }, index) => {
    const isMain = index === 0 && view.buttons.length > 1;
    const button = element('button', isMain ? 'stub-main' : 'stub-other', label);
    button.type = 'button';
    button.setAttribute('part', isMain ? 'primary-button' : 'button');
    button.addEventListener('click', press);
    return button;
  });
  const notice = element('p', 'stub-notice', view.notice);
  notice.setAttribute('part', 'notice');
  const before = [
    element('h2', 'stub-title', view.title),
    notice,
    ...(view.camera ? [cameraIn(view.camera, view.title)] : []),
  ];
  const after = [...(view.frames.length > 0 ? [frames] : []), ...buttons];
  // A screen reader announces what changes in a region that it knows, not one that is put there.
  const status = container.querySelector('.stub-status') ?? statusIn(container);
  for (const other of container.querySelectorAll(':scope > :not(.stub-status)')) other.remove();
  status.before(...before);
  status.after(...after);
  status.replaceChildren(
    ...(view.message ? [element('p', 'stub-message', view.message)] : []),
    ...(view.advice ? [element('p', 'stub-advice', view.advice)] : []),
  );
  // Whoever works with the keyboard goes on from where they were.
  if (hadFocus) buttons[0]?.focus();
}

function statusIn(container: HTMLElement): HTMLElement {
  const status = element('div', 'stub-status');
  status.setAttribute('role', 'status');
  container.append(status);
  return status;
}

function cameraIn(video: HTMLVideoElement, label: string): HTMLVideoElement {
  video.className = 'stub-camera';
  video.setAttribute('aria-label', label);
  // A video pauses when it has been out of the document; one that cannot go on shows its last picture.
  if (video.paused) video.play().catch(() => undefined);
  return video;
}

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  text = '',
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  created.className = className;
  created.textContent = text;
  return created;
}

let sheet: CSSStyleSheet | undefined;

/** Styles the stub wherever the screen's root is; the answer takes the styles out again. */
export function styleStub(container: HTMLElement): () => void {
  const root = container.getRootNode();
  if (!(root instanceof ShadowRoot || root instanceof Document)) return () => undefined;
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
  }
  const mine = sheet;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, mine];
  return () => {
    const others = [...root.adoptedStyleSheets];
    others.splice(others.lastIndexOf(mine), 1);
    root.adoptedStyleSheets = others;
  };
}

const styles = `
  .stub-title { margin: 0; font-size: 1.125em; text-align: center; }
  .stub-notice {
    margin: 0.75em 0;
    padding: 0.75em;
    border-radius: calc(var(--bid-radius, 1em) * 0.75);
    color: var(--bid-warning, #804a00);
    background: var(--bid-warning-surface, #fff2db);
  }
  .stub-message { margin: 0.75em 0; font-size: 1.25em; font-weight: 600; text-align: center; text-wrap: balance; }
  .stub-advice { margin: 0.75em 0; text-align: center; text-wrap: balance; }
  .stub-camera {
    display: block;
    width: min(100%, 18em);
    aspect-ratio: 1;
    margin: 0 auto;
    border-radius: 50%;
    object-fit: cover;
    transform: scaleX(-1);
    background: #000;
  }
  .stub-frames { display: flex; justify-content: center; gap: 0.5em; }
  .stub-frames canvas {
    width: 3em;
    height: 3em;
    border-radius: 0.5em;
    object-fit: cover;
    transform: scaleX(-1);
  }
  .stub-main, .stub-other {
    display: block;
    width: 100%;
    min-height: 48px;
    margin-top: 0.75em;
    border-radius: calc(var(--bid-radius, 1em) * 1.6);
    font: inherit;
    cursor: pointer;
  }
  .stub-main {
    border: 1px solid var(--bid-ink, #1553b6);
    color: var(--bid-on-fill, #fff);
    background: var(--bid-fill, #1553b6);
  }
  .stub-other {
    border: 1px solid var(--bid-border, #76829a);
    color: inherit;
    background: none;
  }
`;
