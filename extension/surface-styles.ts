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
    [hidden] {
      display: none;
    }
    .notices {
      position: sticky;
      top: 0;
      z-index: 1;
    }
    .bar {
      display: flex;
      flex-wrap: wrap;
      gap: 0.75em 1em;
      align-items: center;
      justify-content: center;
      padding: 0.875em 1em;
      background: var(--bid-surface);
      border-bottom: 1px solid var(--bid-line);
      box-shadow: 0 2px 12px rgb(15 26 48 / 12%);
    }
    .bar p {
      flex: 1 1 14em;
      max-width: 32em;
    }
    .bar .actions {
      gap: 0.5em;
    }
    .bar button {
      min-height: 44px;
    }
  `,
];
