import type { LivenessAnswer, LivenessPort } from '../flow/ports.ts';
import { mayPass, type Refusal } from '../flow/refusal.ts';
import type { LivenessTransaction } from '../protocol/messages/holder.ts';
import { loadDictionary, zh, type Dictionary, type Language } from '../locales/index.ts';
import { openCamera, type Camera } from './camera.ts';
import { sendAttempt } from './liveness-attempt.ts';
import { drawStub, styleStub, type StubView } from './liveness-stub-view.ts';

/** The check, and the stage on which the screen lets it draw. */
export interface LivenessStub extends LivenessPort {
  attach: (container: HTMLElement, language: Language) => void;
  detach: () => void;
}

/** From here on the traveller is told that the network is slow. */
const slowMilliseconds = 4000;

type Step =
  | { name: 'start' }
  | { name: 'opening' }
  | { name: 'no-camera' }
  | { name: 'prompt'; index: number }
  | { name: 'sending'; slow: boolean }
  /** The network let the attempt down, not the traveller. */
  | { name: 'unsent'; refusal: Refusal }
  | { name: 'failed'; message: (texts: Dictionary) => string };

/**
 * A liveness check that looks at no face, and says so. It opens the camera, goes through the
 * transaction's prompts and captures a picture for each; the pictures stay on the phone, and the
 * provider is told only that they were taken.
 */
export function createLivenessStub(send: (request: Request) => Promise<Response>): LivenessStub {
  let stage: { container: HTMLElement; texts: Dictionary; unstyle: () => void } | undefined;
  let check: Check | undefined;

  const draw = () => {
    if (stage && check) drawStub(stage.container, check.view(stage.texts));
  };

  return {
    attach(container, language) {
      stage?.unstyle();
      const attached = { container, texts: zh, unstyle: styleStub(container) };
      stage = attached;
      draw();
      if (language === 'zh') return;
      // Chinese stands there until the other dictionary has come, and stays if it does not.
      loadDictionary(language).then(
        (texts) => {
          attached.texts = texts;
          if (stage === attached) draw();
        },
        () => undefined,
      );
    },
    detach() {
      stage?.unstyle();
      stage?.container.replaceChildren();
      stage = undefined;
    },
    run: (transaction, signal) =>
      new Promise((resolve) => {
        const running = new AbortController();
        const end = (answer: LivenessAnswer) => {
          running.abort();
          stage?.container.replaceChildren();
          check = undefined;
          resolve(answer);
        };
        check = new Check(transaction, running.signal, { send, draw, end });
        signal.addEventListener('abort', () => end({ status: 'cancelled' }), {
          signal: running.signal,
        });
        if (signal.aborted) end({ status: 'cancelled' });
        else draw();
      }),
  };
}

interface CheckPorts {
  send: (request: Request) => Promise<Response>;
  draw: () => void;
  end: (answer: LivenessAnswer) => void;
}

/** One transaction on its way through the steps. */
class Check {
  readonly #transaction: LivenessTransaction;
  /** Aborts at the end, whichever it is; the camera stops with it. */
  readonly #signal: AbortSignal;
  readonly #ports: CheckPorts;
  #step: Step = { name: 'start' };
  #camera: Camera | undefined;
  #frames: HTMLCanvasElement[] = [];

  constructor(transaction: LivenessTransaction, signal: AbortSignal, ports: CheckPorts) {
    this.#transaction = transaction;
    this.#signal = signal;
    this.#ports = ports;
    addEventListener('online', () => this.#connected(), { signal });
  }

  /** The network is back: the same attempt goes out again, without another blink. */
  #connected(): void {
    if (this.#step.name === 'unsent') void this.#send();
  }

  view(texts: Dictionary): StubView {
    const t = texts.livenessStub;
    const step = this.#step;
    const cancel = {
      label: t.cancel,
      press: () => this.#ports.end({ status: 'cancelled' }),
    };
    const open = () => void this.#open();
    const view = (message: string, ...main: StubView['buttons']): StubView => ({
      title: t.title,
      notice: t.notice,
      message,
      camera: step.name === 'prompt' ? this.#camera?.video : undefined,
      frames: this.#frames,
      buttons: [...main, cancel],
    });
    switch (step.name) {
      case 'start':
        return view('', { label: t.start, press: open });
      case 'opening':
        return view(texts.loading);
      case 'no-camera':
        return view(
          t.noCamera,
          { label: t.continueWithoutCamera, press: () => this.#goTo({ name: 'prompt', index: 0 }) },
          { label: t.retry, press: open },
        );
      case 'prompt': {
        const prompt = this.#transaction.prompts[step.index];
        const press = () => this.#next(step.index);
        return view(prompt ? t.prompts[prompt] : '', { label: t.next, press });
      }
      case 'sending':
        return view(step.slow ? texts.slow : t.sending);
      case 'unsent': {
        const { text, next } = texts.refusals[step.refusal.code];
        return view(`${text}${next}`, { label: t.retry, press: () => void this.#send() });
      }
      default:
        return view(step.message(texts), { label: t.retry, press: () => this.#again() });
    }
  }

  #goTo(step: Step): void {
    if (this.#signal.aborted) return;
    this.#step = step;
    this.#ports.draw();
  }

  async #open(): Promise<void> {
    this.#goTo({ name: 'opening' });
    this.#camera = await openCamera(this.#signal);
    this.#goTo(this.#camera ? { name: 'prompt', index: 0 } : { name: 'no-camera' });
  }

  #next(index: number): void {
    if (this.#camera) this.#frames = [...this.#frames, this.#camera.capture()];
    if (index + 1 < this.#transaction.prompts.length) {
      this.#goTo({ name: 'prompt', index: index + 1 });
    } else {
      void this.#send();
    }
  }

  #again(): void {
    this.#frames = [];
    this.#goTo({ name: 'prompt', index: 0 });
  }

  async #send(): Promise<void> {
    this.#goTo({ name: 'sending', slow: false });
    const { provider, prompts } = this.#transaction;
    const attempt = { camera: this.#camera !== undefined, prompts };
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
