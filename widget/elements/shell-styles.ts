import { css } from 'lit';

/**
 * The look begins at the section, not at the host element: what a page's own rules do to all
 * elements (`* { all: unset !important }`) ends before it. Nor does it take over what pages say of
 * text for themselves, save what is said to the component too. (Comments in styles would travel to every
 * phone.)
 *
 * `-webkit-locale`: Chromium keeps `lang` there, by which it chooses a font for Chinese. What is inherited:
 * hidden or out of reach with what is around it, and in its theme. `font-size`: not in rem, which pages make
 * 10 px, or a tenth of the window. `user-select`: pages that forbid it would keep Safari from typing.
 */
export const shellStyles = css`
  :host {
    display: block;
  }
  section {
    all: initial;
    -webkit-locale: revert-layer;
    direction: ltr;
    visibility: inherit;
    pointer-events: inherit;
    color-scheme: inherit;
    position: relative;
    display: flex;
    flex-direction: column;
    box-sizing: border-box;
    min-height: var(--boarding-id-min-height, 100dvh);
    background: var(--bid-background);
    color: var(--bid-text);
    font-size: var(--boarding-id-font-size, medium);
    font-family: var(
      --boarding-id-font,
      system-ui,
      'PingFang SC',
      'Noto Sans CJK SC',
      'Microsoft YaHei',
      sans-serif
    );
    line-height: 1.5;
    overflow-wrap: anywhere;
    -webkit-user-select: text;
    user-select: text;
    -webkit-text-size-adjust: 100%;
  }
  :host([text-size='large']) section > * {
    font-size: 1.25em;
  }
  .screen {
    width: 100%;
    max-width: 34em;
    margin-inline: auto;
    padding: 16px 16px 24px;
  }
  .announcement {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;
