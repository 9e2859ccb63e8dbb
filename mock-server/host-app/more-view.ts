import { html, type TemplateResult } from 'lit';
import { icon } from './icons.ts';
import { addressOf, type Route } from './route.ts';
import type { Scene } from './scene.ts';

const row = (
  route: Route,
  name: Parameters<typeof icon>[0],
  title: string,
  note: string,
): TemplateResult => html`
  <li>
    <a class="row" href=${addressOf(route)}>
      ${icon(name)}
      <span><strong>${title}</strong> <span class="quiet">${note}</span></span>
      ${icon('forward')}
    </a>
  </li>
`;

/** 更多: the second way to the component begins here (R2). */
export const moreView = ({ texts }: Scene): TemplateResult => html`
  <main>
    <ul class="card rows">
      ${row({ page: 'services' }, 'care', texts.careServices, texts.careServicesNote)}
      ${row({ page: 'tickets' }, 'tickets', texts.pages.tickets, '')}
      ${row({ page: 'account' }, 'account', texts.pages.account, '')}
    </ul>
  </main>
`;

/** 更多 → 温馨服务: its 临时身份证明 opens the application page by name (R2). */
export const servicesView = ({ texts }: Scene): TemplateResult => html`
  <main>
    <ul class="card rows">
      ${row(
        { page: 'boarding-id', screen: 'application' },
        'card',
        texts.temporaryId,
        texts.temporaryIdNote,
      )}
    </ul>
  </main>
`;
