import { html, nothing, type TemplateResult } from 'lit';
import { ticketKinds } from '../../widget/protocol/tickets.ts';
import type { HostApp, Purchase } from './host-app.ts';
import { hourAndMinute, stationName, timeText, type Scene } from './scene.ts';

/** Buying a ticket: a train, a kind, and who rides. */
export function buyView(scene: Scene): TemplateResult {
  const { app, state, texts } = scene;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const purchase = readPurchase(new FormData(event.currentTarget));
    if (purchase) void buyAndShow(app, purchase);
  };
  return html`
    <main>
      <form class="purchase" autocomplete="off" @submit=${submit}>
        <fieldset class="card trains">
          <legend>${texts.chooseTrain}</legend>
          ${state.trains.map(
            ({ train, from, to, departsAt }, index) => html`
              <label class="choice">
                <input type="radio" name="train" value=${train} ?checked=${index === 0} required />
                <strong>${timeText(texts, departsAt, hourAndMinute)}</strong>
                <span>${stationName(state, from)} → ${stationName(state, to)}</span>
                <span class="quiet">${train}</span>
              </label>
            `,
          )}
          ${state.trains.length === 0 ? html`<p class="quiet">${texts.noTrains}</p>` : nothing}
        </fieldset>
        <fieldset class="card kinds">
          <legend>${texts.kind}</legend>
          ${ticketKinds.map(
            (kind, index) => html`
              <label class="choice">
                <input type="radio" name="kind" value=${kind} ?checked=${index === 0} />
                <strong>${texts.kinds[kind]}</strong>
                <span class="quiet">${texts.kindNotes[kind]}</span>
              </label>
            `,
          )}
        </fieldset>
        ${passengerFields(scene)}
        <button class="main" ?disabled=${state.buying || state.trains.length === 0}>
          ${state.buying ? texts.buying : texts.buy}
        </button>
      </form>
    </main>
  `;
}

function passengerFields({ app, state, texts }: Scene): TemplateResult {
  const { person, people, settings, example } = state;
  const signedIn = people.find(({ id }) => id === person);
  return html`
    <fieldset class="card passenger">
      <legend>${texts.passenger}</legend>
      ${
        signedIn
          ? html`
              <label class="choice">
                <input type="radio" name="rider" value="myself" checked />
                <strong>${texts.myself}</strong>
                <span class="quiet">${signedIn.label[settings.language]}</span>
              </label>
              <label class="choice">
                <input type="radio" name="rider" value="somebody" />
                <strong>${texts.somebody}</strong>
              </label>
            `
          : nothing
      }
      <div class="identity">
        <label>
          <span>${texts.name}</span>
          <input name="name" maxlength="100" .value=${example?.name ?? ''} ?required=${!signedIn} />
        </label>
        <label>
          <span>${texts.number}</span>
          <input
            name="number"
            maxlength="40"
            autocapitalize="characters"
            .value=${example?.number ?? ''}
            ?required=${!signedIn}
            aria-describedby="number-note"
          />
        </label>
        <p id="number-note" class="quiet">${texts.numberNote}</p>
        <button type="button" class="quiet" @click=${() => void app.makeExample()}>
          ${texts.example}
        </button>
      </div>
    </fieldset>
  `;
}

/** What the form holds; nothing while no train is chosen. */
export function readPurchase(form: FormData): Purchase | undefined {
  const text = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const kind = ticketKinds.find((kind) => kind === text('kind'));
  const train = text('train');
  if (!kind || train === '') return undefined;
  const identity =
    text('rider') === 'myself'
      ? undefined
      : { name: text('name'), documentType: 'resident-id' as const, number: text('number') };
  return { train, kind, identity };
}

async function buyAndShow(app: HostApp, purchase: Purchase): Promise<void> {
  if (await app.buy(purchase)) app.go({ page: 'tickets' });
}
