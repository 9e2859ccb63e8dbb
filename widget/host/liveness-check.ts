import type { LivenessAnswer } from '../flow/ports.ts';
import { mayPass, type Refusal } from '../flow/refusal.ts';
import type { Platform } from '../flow/state.ts';
import type { Dictionary } from '../locales/index.ts';
import type { LivenessTransaction } from '../protocol/messages/holder.ts';
import type { Camera, CameraFailure, CameraPort } from './camera.ts';
import { sendAttempt } from './liveness-attempt.ts';
import type { StubView } from './liveness-stub-view.ts';

/** From here on the traveller is told that the network is slow. */
const slowMilliseconds = 4000;

type Step =
  | { name: 'start' }
  | { name: 'opening' }
  /** `left`: the page was hidden meanwhile. */
  | { name: 'no-camera'; reason: CameraFailure | 'left' }
  | { name: 'prompt' }
  | { name: 'sending'; slow: boolean }
  /** The network let the attempt down, not the traveller. */
  | { name: 'unsent'; refusal: Refusal }
  | { name: 'failed'; message: (texts: Dictionary) => string };

export interface LivenessCheckPorts {
  send: (request: Request) => Promise<Response>;
  camera: CameraPort;
  /** Whether the page is out of sight. */
  isHidden: () => boolean;
  draw: () => void;
  end: (answer: LivenessAnswer) => void;
}

/** One transaction on its way through the steps. The camera is on for the prompts only. */
export class LivenessCheck {
  readonly #transaction: LivenessTransaction;
  /** Aborts at the end, whichever it is; the camera stops with it. */
  readonly #signal: AbortSignal;
  readonly #ports: LivenessCheckPorts;
  #step: Step = { name: 'start' };
  #camera: Camera | undefined;
  #withoutCamera = false;
  #wasDenied = false;
  /** Index of the prompt that is next, or stands there. */
  #prompt = 0;
  #frames: HTMLCanvasElement[] = [];

  constructor(transaction: LivenessTransaction, signal: AbortSignal, ports: LivenessCheckPorts) {
    this.#transaction = transaction;
    this.#signal = signal;
    this.#ports = ports;
    addEventListener('online', () => this.#connected(), { signal });
  }

  /** The network is back: the same attempt goes out again, without another blink. */
  #connected(): void {
    if (this.#step.name === 'unsent') void this.#send();
  }

  /** The page is hidden: the camera goes off, and its way on stands there on return. */
  leave(): void {
    if (!this.#camera) return;
    this.#closeCamera();
    this.#goTo({ name: 'no-camera', reason: 'left' });
  }

  view(texts: Dictionary, platform: Platform): StubView {
    const t = texts.livenessStub;
    const step = this.#step;
    const cancel = {
      label: t.cancel,
      press: () => this.#ports.end({ status: 'cancelled' }),
    };
    const view = (message: string, main: StubView['buttons'] = [], advice = ''): StubView => ({
      title: t.title,
      notice: t.notice,
      message,
      advice,
      camera: this.#camera?.video,
      frames: this.#frames,
      buttons: [...main, cancel],
    });
    const open = (label: string) => ({ label, press: () => void this.#open() });
    switch (step.name) {
      case 'start':
        return view('', [open(t.start)]);
      case 'opening':
        return view(t.opening, [], this.#camera ? '' : t.allow);
      case 'no-camera': {
        const { what, how } = t.camera[step.reason];
        const without = { label: t.continueWithoutCamera, press: () => this.#goWithout() };
        // Where there are no cameras at all, asking again cannot help.
        const again = open(step.reason === 'left' ? t.start : t.retry);
        const main = step.reason === 'unsupported' ? [without] : [again, without];
        return view(what, main, typeof how === 'string' ? how : how[platform]);
      }
      case 'prompt': {
        const prompt = this.#transaction.prompts[this.#prompt];
        const next = { label: t.next, press: () => this.#next() };
        return view(prompt ? t.prompts[prompt] : '', [next]);
      }
      case 'sending':
        return view(step.slow ? texts.slow : t.sending);
      case 'unsent': {
        const { text, next } = texts.refusals[step.refusal.code];
        return view(text, [{ label: t.retry, press: () => void this.#send() }], next);
      }
      default:
        return view(step.message(texts), [{ label: t.retry, press: () => this.#again() }]);
    }
  }

  #goTo(step: Step): void {
    if (this.#signal.aborted) return;
    this.#step = step;
    this.#ports.draw();
  }

  async #open(): Promise<void> {
    this.#goTo({ name: 'opening' });
    const lost = (reason: CameraFailure) => this.#withoutPicture(reason);
    const answer = await this.#ports.camera.open(this.#signal, lost);
    if (!answer.ok) {
      this.#withoutPicture(answer.reason);
      return;
    }
    this.#wasDenied = false;
    this.#camera = answer.camera;
    // The permission prompt itself may hide the page, so being hidden does not end the asking.
    if (this.#ports.isHidden()) {
      this.leave();
      return;
    }
    this.#ports.draw();
    await answer.camera.picture;
    if (this.#camera === answer.camera) this.#goTo({ name: 'prompt' });
  }

  #withoutPicture(reason: CameraFailure): void {
    this.#closeCamera();
    // Some browsers go on saying that they would ask, and refuse without asking.
    const told = reason === 'denied' && this.#wasDenied ? 'blocked' : reason;
    this.#wasDenied = reason === 'denied';
    this.#goTo({ name: 'no-camera', reason: told });
  }

  #goWithout(): void {
    this.#withoutCamera = true;
    this.#goTo({ name: 'prompt' });
  }

  #closeCamera(): void {
    this.#camera?.stop();
    this.#camera = undefined;
  }

  #next(): void {
    if (this.#camera) this.#frames = [...this.#frames, this.#camera.capture()];
    this.#prompt++;
    if (this.#prompt < this.#transaction.prompts.length) this.#goTo({ name: 'prompt' });
    else void this.#send();
  }

  #again(): void {
    this.#frames = [];
    this.#prompt = 0;
    if (this.#withoutCamera) this.#goTo({ name: 'prompt' });
    else void this.#open();
  }

  async #send(): Promise<void> {
    this.#closeCamera();
    this.#goTo({ name: 'sending', slow: false });
    const { provider, prompts } = this.#transaction;
    // Said only of a check in which every prompt has its picture.
    const attempt = { camera: this.#frames.length === prompts.length, prompts };
    const slowness = setTimeout(
      () => this.#goTo({ name: 'sending', slow: true }),
      slowMilliseconds,
    );
    const answer = await sendAttempt(provider, attempt, this.#ports.send, this.#signal);
    clearTimeout(slowness);
    if (this.#signal.aborted) return;
    if (!answer.ok) {
      const { code, attemptsLeft } = answer.refusal;
      if (mayPass.has(code)) {
        this.#goTo({ name: 'unsent', refusal: answer.refusal });
        return;
      }
      this.#ports.end({
        status: 'refused',
        code,
        ...(attemptsLeft === undefined ? {} : { attemptsLeft }),
      });
      return;
    }
    if ('assertion' in answer.value) {
      this.#ports.end({ status: 'passed', assertion: answer.value.assertion });
      return;
    }
    const { attemptsLeft } = answer.value;
    if (attemptsLeft <= 0) {
      this.#ports.end({ status: 'refused', code: 'liveness-failed', attemptsLeft });
      return;
    }
    this.#goTo({
      name: 'failed',
      message: (texts) => texts.livenessStub.attemptsLeft(attemptsLeft),
    });
  }
}
