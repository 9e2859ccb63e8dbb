import { css } from 'lit';

export const shellStyles = css`
  :host {
    display: block;
    font:
      1rem/1.5 system-ui,
      'PingFang SC',
      'Noto Sans CJK SC',
      'Microsoft YaHei',
      sans-serif;
    background: var(--boarding-id-background);
    -webkit-text-size-adjust: 100%;
  }
  :host([text-size='large']) {
    font-size: 1.25rem;
  }
  section {
    display: flex;
    flex-direction: column;
    min-height: var(--boarding-id-min-height, 100dvh);
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
