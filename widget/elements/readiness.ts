import { html, nothing } from 'lit';
import { canProceed } from '../flow/transition/readiness.ts';
import type { Settings } from '../flow/ports.ts';
import type { StoppingObstacle } from '../flow/state.ts';
import { result, resultStyles } from './result.ts';
import { ScreenElement } from './screen.ts';
import { settingsButton } from './settings-button.ts';
import { styles } from './styles.ts';

const settingsOf: Partial<Record<StoppingObstacle, Settings>> = {
  'location-blocked': 'location',
  'camera-blocked': 'camera',
};

/** `<boarding-id-readiness>`: the one thing to mend before the form is filled in (B4). */
export class BoardingIdReadiness extends ScreenElement<'readiness'> {
  static override styles = [styles, resultStyles];

  override render() {
    const { obstacle, checking } = this.screen;
    const t = this.texts.readiness;
    const { title, text, next } = t.obstacles[obstacle];
    return html`${result(
        '!',
        html`<h2>${title}</h2>
          <p>${text}</p>
          <p>${this.settings(obstacle) ?? next}</p>`,
      )}
      <button
        class="main"
        aria-disabled=${checking ? 'true' : 'false'}
        @click=${() => this.send({ type: 'retry' })}
      >
        ${checking ? t.checking : t.again}
      </button>
      ${settingsOf[obstacle] ? settingsButton(this.given, settingsOf[obstacle]) : nothing}
      ${
        canProceed(obstacle)
          ? html`<button @click=${() => this.send({ type: 'proceed' })}>${t.proceed}</button>`
          : nothing
      }`;
  }

  /** What has been blocked is mended in settings that each platform has elsewhere, if no button leads there. */
  private settings(obstacle: StoppingObstacle): string | undefined {
    const { platform, opensSettings } = this.known;
    if (opensSettings) return undefined;
    if (obstacle === 'location-blocked') return this.texts.location.settings[platform].allow;
    if (obstacle !== 'camera-blocked') return undefined;
    const { how } = this.texts.livenessStub.camera.blocked;
    return typeof how === 'string' ? how : how[platform];
  }
}
