import { css } from 'lit';

/** For `paperWindows`, wherever it stands. */
export const windowStyles = css`
  .windows li {
    padding-block: 0.625em;
    border-top: 1px solid var(--bid-line);
  }
  .windows .muted {
    display: block;
  }
`;
