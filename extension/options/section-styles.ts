import { css } from 'lit';
import { fieldStyles } from '../../widget/elements/field-styles.ts';
import { styles } from '../../widget/elements/styles.ts';

/** What the parts of the options page share, beside the component's own. */
export const sectionStyles = [
  styles,
  fieldStyles,
  css`
    h2 {
      font-size: 1.125em;
    }
    .card {
      grid-template-columns: minmax(0, 1fr);
      padding-inline: min(1.125em, 5%);
    }
    h2 + .muted {
      margin-top: -0.5em;
    }
    form,
    .said {
      display: grid;
      gap: 0.875em;
    }
    /* Empty it takes no room, but stays: only what is there already is listened to. */
    .said:not(:has(*)) {
      position: absolute;
    }
    .actions > * {
      flex: 0 1 auto;
      min-width: min(6em, 100%);
    }
    .good {
      padding: 0.75em 1em;
      border-radius: calc(var(--bid-radius) * 0.75);
      background: var(--bid-good-surface);
      color: var(--bid-good);
    }
    .error {
      color: var(--bid-danger);
    }
    .question {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.75em;
      padding: 1em min(1em, 4%);
      border: 1px solid var(--bid-border);
      border-radius: calc(var(--bid-radius) * 0.75);
    }
    .question:focus {
      outline: none;
    }
    button.danger {
      border-color: var(--bid-danger);
      color: var(--bid-danger);
    }
  `,
];
