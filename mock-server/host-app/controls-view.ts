import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { dayAndTime, timeText, type Scene } from './scene.ts';
import type { Settings } from './settings.ts';

/** The mock's own controls: a panel beside the app, on a phone one that is opened over it. */
export function controlsView(scene: Scene): TemplateResult {
  const { app, state, texts } = scene;
  const { controls } = texts;
  return html`
    <aside
      class="controls"
      id="controls"
      data-open=${state.controlsOpen}
      aria-label=${controls.title}
    >
      <div class="title">
        <h2>${controls.title}</h2>
        <button class="close" @click=${() => app.openControls(false)}>${controls.close}</button>
      </div>
      <p class="quiet">${controls.note}</p>
      ${clockControls(scene)} ${faultControls(scene)} ${reviewControls(scene)}
      ${lookControls(scene)} ${eventLog(scene)}
    </aside>
  `;
}

function clockControls({ app, state, texts }: Scene): TemplateResult {
  const { controls } = texts;
  const aheadMinutes = Math.round(state.clockAheadMs / 60_000);
  return html`
    <section>
      <h3>${controls.clock}</h3>
      <p>
        <strong>${timeText(texts, app.now() / 1000, { ...dayAndTime, second: '2-digit' })}</strong>
        ${
          aheadMinutes > 0
            ? html`<span class="quiet">
                ${controls.ahead}
                ${Math.floor(aheadMinutes / 60)}:${String(aheadMinutes % 60).padStart(2, '0')}
              </span>`
            : nothing
        }
      </p>
      <div class="buttons">
        ${controls.advance.map(
          ({ seconds, text }) =>
            html`<button @click=${() => void app.moveClock(seconds)}>${text}</button>`,
        )}
        <button @click=${() => void app.moveClock(null)}>${controls.reset}</button>
      </div>
    </section>
  `;
}

function faultControls({ app, state, texts }: Scene): TemplateResult {
  const { controls } = texts;
  const { faults } = state;
  return html`
    <section>
      <h3>${controls.faults}</h3>
      ${select(
        controls.delay,
        String(faults.delayMs),
        controls.delays.map(({ milliseconds, text }) => [String(milliseconds), text]),
        (value) => void app.setFaults({ delayMs: Number(value) }),
      )}
      ${toggle(
        controls.unavailable,
        faults.unavailable,
        (unavailable) => void app.setFaults({ unavailable }),
      )}
      ${toggle(controls.drop, faults.drop, (drop) => void app.setFaults({ drop }))}
    </section>
  `;
}

function reviewControls({ app, state, texts }: Scene): TemplateResult {
  const { controls } = texts;
  return html`
    <section>
      <h3>${controls.review}</h3>
      ${toggle(controls.reviewLate, state.reviewLate, (late) => void app.setReviewLate(late))}
      <div class="buttons">
        <button @click=${() => void app.decideReviews(true)}>${controls.approve}</button>
        <button @click=${() => void app.decideReviews(false)}>${controls.refuse}</button>
      </div>
    </section>
  `;
}

function lookControls({ app, state, texts }: Scene): TemplateResult {
  const { controls } = texts;
  const { settings } = state;
  const themes = ['system', 'light', 'dark'] as const satisfies readonly Settings['theme'][];
  return html`
    <section>
      <h3>${controls.look}</h3>
      ${select(
        controls.theme,
        settings.theme,
        themes.map((theme) => [theme, controls.themes[theme]]),
        (value) => app.set({ theme: themes.find((theme) => theme === value) ?? 'system' }),
      )}
      ${toggle(controls.largeText, settings.largeText, (largeText) => app.set({ largeText }))}
    </section>
  `;
}

function eventLog({ state, texts }: Scene): TemplateResult {
  const { controls } = texts;
  return html`
    <section>
      <h3>${controls.events}</h3>
      ${
        state.events.length === 0
          ? html`<p class="quiet">${controls.noEvents}</p>`
          : html`<ol class="events">
              ${state.events.map((name) => html`<li>${name}</li>`)}
            </ol>`
      }
    </section>
  `;
}

const toggle = (
  text: string,
  checked: boolean,
  change: (checked: boolean) => void,
): TemplateResult => html`
  <label class="toggle">
    <input
      type="checkbox"
      .checked=${live(checked)}
      @change=${({ currentTarget }: Event) => {
        if (currentTarget instanceof HTMLInputElement) change(currentTarget.checked);
      }}
    />
    <span>${text}</span>
  </label>
`;

const select = (
  label: string,
  value: string,
  options: [string, string][],
  change: (value: string) => void,
): TemplateResult => html`
  <label class="select">
    <span>${label}</span>
    <select
      @change=${({ currentTarget }: Event) => {
        if (currentTarget instanceof HTMLSelectElement) change(currentTarget.value);
      }}
    >
      ${options.map(
        ([option, text]) =>
          html`<option value=${option} .selected=${live(option === value)}>${text}</option>`,
      )}
    </select>
  </label>
`;
