import { html, type TemplateResult } from 'lit';
import type { Person } from './ticket-office.ts';
import { icon } from './icons.ts';
import type { Scene } from './scene.ts';

/** Signing in as one of the mock's people, and out. */
export function accountView({ app, state, texts }: Scene): TemplateResult {
  const { people, person, settings, signingOut } = state;
  const signedIn = people.find(({ id }) => id === person);
  const { language } = settings;
  if (signedIn) {
    return html`
      <main>
        <section class="card profile">
          ${icon('account')}
          <div>
            <p class="quiet">${texts.signedInAs}</p>
            <h2>${signedIn.label[language]}</h2>
            <p>${signedIn.note[language]}</p>
          </div>
          <button ?disabled=${signingOut} @click=${() => void app.signOut()}>
            ${signingOut ? texts.signingOut : texts.signOut}
          </button>
        </section>
      </main>
    `;
  }
  const choice = ({ id, label, note }: Person): TemplateResult => html`
    <li>
      <button class="row" @click=${() => app.signIn(id)}>
        ${icon('account')}
        <span
          ><strong>${label[language]}</strong> <span class="quiet">${note[language]}</span></span
        >
        ${icon('forward')}
      </button>
    </li>
  `;
  return html`
    <main>
      <p>${texts.signInNote}</p>
      <ul class="card rows">
        ${people.map(choice)}
      </ul>
    </main>
  `;
}
