import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { purposes } from '../../../widget/protocol/tickets.ts';
import type { Post, Stations, Trains } from './configuration.ts';
import type { Texts } from './texts.ts';

export interface PostScene {
  post: Post;
  stations: Stations;
  trains: Trains;
  texts: Texts;
  choose: (change: Partial<Post>) => void;
}

/** A station's name where it is known, else its id. */
export const stationName = (stations: Stations, id: string, language: Post['language']): string =>
  stations.find((station) => station.id === id)?.name[language] ?? id;

/** Where this gate stands and what it is for. */
export function postView(scene: PostScene): TemplateResult {
  const { post, stations, texts, choose } = scene;
  return html`
    <section class="card post" aria-labelledby="post-heading">
      <h2 id="post-heading">${texts.settings}</h2>
      <div class="fields">
        ${
          stations.length === 0
            ? input(texts.station, post.station, (station) => choose({ station, train: undefined }))
            : select(
                texts.station,
                post.station,
                stations.map(({ id, name }) => [id, name[post.language]]),
                (station) => choose({ station, train: undefined }),
              )
        }
        ${select(
          texts.purpose,
          post.purpose,
          purposes.map((purpose) => [purpose, texts.purposes[purpose]]),
          (chosen) => {
            const purpose = purposes.find((purpose) => purpose === chosen);
            if (purpose) choose({ purpose, train: undefined });
          },
        )}
        ${input(texts.lane, post.lane, (lane) => choose({ lane }))} ${trainField(scene)}
      </div>
      <label class="tick">
        <input
          type="checkbox"
          .checked=${live(post.sound)}
          @change=${({ currentTarget }: Event) => {
            if (!(currentTarget instanceof HTMLInputElement)) return;
            choose({ sound: currentTarget.checked });
            currentTarget.blur();
          }}
        />
        ${texts.sound}
      </label>
    </section>
  `;
}

/** A counter sells for every train; without a timetable the train is typed. */
function trainField({ post, trains, texts, choose }: PostScene): TemplateResult | typeof nothing {
  if (post.purpose === 'counter') return nothing;
  const train = post.train ?? '';
  if (trains.length === 0) {
    return input(texts.train, train, (typed) =>
      choose({ train: typed === '' ? undefined : typed }),
    );
  }
  const here = trains.filter(
    ({ from, to }) =>
      post.purpose === 'onboard' || (post.purpose === 'exit' ? to : from) === post.station,
  );
  const names = [...new Set(here.map(({ train }) => train))];
  return select(
    texts.train,
    train,
    [['', texts.anyTrain], ...names.map((name): [string, string] => [name, name])],
    (chosen) => choose({ train: chosen === '' ? undefined : chosen }),
  );
}

function select(
  label: string,
  value: string,
  options: [string, string][],
  choose: (value: string) => void,
): TemplateResult {
  const change = ({ currentTarget }: Event): void => {
    if (!(currentTarget instanceof HTMLSelectElement)) return;
    choose(currentTarget.value);
    // Otherwise the next scanner that types like a keyboard would choose something else.
    currentTarget.blur();
  };
  return html`
    <label>
      <span>${label}</span>
      <select @change=${change}>
        ${options.map(
          ([option, text]) =>
            html`<option value=${option} .selected=${live(option === value)}>${text}</option>`,
        )}
      </select>
    </label>
  `;
}

function input(label: string, value: string, choose: (value: string) => void): TemplateResult {
  const change = ({ currentTarget }: Event): void => {
    if (currentTarget instanceof HTMLInputElement) choose(currentTarget.value.trim());
  };
  return html`
    <label>
      <span>${label}</span>
      <input .value=${live(value)} maxlength="64" autocomplete="off" @change=${change} />
    </label>
  `;
}
