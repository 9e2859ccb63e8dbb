import { css } from 'lit';
import { styles } from '../widget/elements/styles.ts';
import { tokens } from '../widget/elements/tokens.ts';

/** What the surfaces share, in the component's own look. */
export const surfaceStyles = [
  ...tokens,
  styles,
  css`
    :host {
      display: flex;
      flex-direction: column;
      gap: 0;
      background: var(--bid-background);
      font-family: system-ui, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif;
      font-size: medium;
    }
    /* As high as what is left of the surface. */
    boarding-id {
      --boarding-id-min-height: auto;
      flex: 1;
      display: grid;
      align-content: stretch;
    }
    .sign-in {
      display: grid;
      gap: 0.75em;
      justify-items: start;
      margin-top: 0.5em;
    }
    [hidden] {
      display: none;
    }
    /* Where it leaves room for what it stands above: not with large text in a low window. */
    @media (min-height: 36em) {
      .notices {
        position: sticky;
        top: 0;
        z-index: 1;
      }
    }
    .bar {
      display: flex;
      flex-wrap: wrap;
      gap: 0.75em 1em;
      align-items: center;
      /* In line with the component's column. */
      padding: 0.875em max(1em, 50% - 16em);
      background: var(--bid-surface);
      border-bottom: 1px solid var(--bid-line);
      box-shadow: 0 2px 12px rgb(15 26 48 / 12%);
    }
    /* Beside the buttons it takes what is left; below it they take the whole line. */
    .bar p {
      flex: 1000 1 14em;
    }
    .bar > :not(p) {
      flex: 1 1 auto;
    }
    .bar .actions {
      gap: 0.5em;
    }
    .bar button {
      min-height: 44px;
    }
  `,
];
