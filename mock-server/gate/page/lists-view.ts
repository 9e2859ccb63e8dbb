import { html, nothing, type TemplateResult } from 'lit';
import type { GateState } from './gate.ts';
import { listNames, type ListName } from './lists.ts';
import type { Texts } from './texts.ts';

export interface ListsScene {
  state: GateState;
  /** Whole seconds since the epoch. */
  now: number;
  leewaySeconds: number;
  texts: Texts;
  refresh: () => void;
}

/** What this gate holds, and how old each is. */
export function listsView({
  state,
  now,
  leewaySeconds,
  texts,
  refresh,
}: ListsScene): TemplateResult {
  const { clockSecondsOff } = state;
  const row = (name: ListName): TemplateResult => {
    const { fetchedAt, failure } = state.lists[name];
    return html`
      <div class="row">
        <dt>${texts.lists[name]}</dt>
        <dd>
          ${fetchedAt === undefined ? texts.notYet : texts.age(Math.max(0, now - fetchedAt))}
          ${failure ? html`<span class="failure">⚠ ${texts.failures[failure]}</span>` : nothing}
        </dd>
      </div>
    `;
  };
  return html`
    <section class="card lists" aria-labelledby="lists-heading">
      <h2 id="lists-heading">${texts.held}</h2>
      <dl>${listNames.map(row)}</dl>
      ${
        Math.abs(clockSecondsOff) > leewaySeconds
          ? html`<p class="failure">⚠ ${texts.clockOff(Math.abs(clockSecondsOff))}</p>`
          : nothing
      }
      ${state.untold > 0 ? html`<p>${texts.untold(state.untold)}</p>` : nothing}
      ${
        state.conflicts > 0
          ? html`<p class="failure">⚠ ${texts.conflicts(state.conflicts)}</p>`
          : nothing
      }
      <button class="quiet" @click=${refresh}>${texts.refresh}</button>
    </section>
  `;
}
