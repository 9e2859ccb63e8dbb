import { html, nothing, type TemplateResult } from 'lit';
import type { CameraFailure } from './camera.ts';
import type { Texts } from './texts.ts';

/** What the last attempt to read brought instead of a text. */
export type ReadFailure = 'noCodeInFile' | 'manyCodesInFile' | 'noImage';

export interface ScanScene {
  camera: 'off' | 'on' | CameraFailure;
  judging: boolean;
  readFailure: ReadFailure | undefined;
  texts: Texts;
  toggleCamera: () => void;
  readFile: (file: File) => void;
  judge: (text: string) => void;
}

/** The ways in: camera, image file, pasted text; a typing scanner needs nothing here. */
export function scanView(scene: ScanScene): TemplateResult {
  const { camera, judging, texts, toggleCamera } = scene;
  const failure = camera === 'on' || camera === 'off' ? undefined : texts.cameraFailures[camera];
  return html`
    <section class="scan" aria-labelledby="scan-heading">
      <div class="stage" data-camera=${camera === 'on' ? 'on' : 'off'}>
        <video muted playsinline aria-hidden="true"></video>
        <div class="finder" aria-hidden="true"></div>
        <div class="call">
          <h2 id="scan-heading" aria-live="polite">${judging ? texts.judging : texts.ready}</h2>
          <p>${camera === 'on' ? texts.showCode : (failure ?? texts.wedge)}</p>
          <button class="main" @click=${toggleCamera}>
            ${camera === 'on' ? texts.cameraOff : texts.cameraOn}
          </button>
        </div>
      </div>
      ${otherWays(scene)}
    </section>
  `;
}

function otherWays({ texts, readFailure, readFile, judge }: ScanScene): TemplateResult {
  const chooseFile = ({ currentTarget }: Event): void => {
    if (!(currentTarget instanceof HTMLInputElement)) return;
    const file = currentTarget.files?.[0];
    if (file) readFile(file);
    // The same file again is a choice as well.
    currentTarget.value = '';
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const text = new FormData(event.currentTarget).get('text');
    if (typeof text !== 'string' || text.trim() === '') return;
    event.currentTarget.reset();
    judge(text.trim());
  };
  return html`
    <div class="card ways">
      <label class="file">
        <input type="file" accept="image/*" @change=${chooseFile} />
        <span>${texts.file}</span>
      </label>
      <form @submit=${submit}>
        <input
          name="text"
          aria-label=${texts.paste}
          placeholder=${texts.paste}
          autocomplete="off"
          maxlength="2048"
        />
        <button>${texts.judge}</button>
      </form>
      <p class="failure" role="status">${readFailure ? `⚠ ${texts[readFailure]}` : nothing}</p>
    </div>
  `;
}
