import type { LivenessAnswer, LivenessPort } from '../flow/ports.ts';
import { loadDictionary, zh, type Dictionary, type Language } from '../locales/index.ts';
import type { CameraPort } from './camera.ts';
import { LivenessCheck } from './liveness-check.ts';
import { drawStub, styleStub } from './liveness-stub-view.ts';
import type { Platform } from '../flow/state.ts';

/** The check, and the stage on which the screen lets it draw. */
export interface LivenessStub extends LivenessPort {
  attach: (container: HTMLElement, language: Language) => void;
  detach: () => void;
}

export interface LivenessStubOptions {
  send: (request: Request) => Promise<Response>;
  camera: CameraPort;
  /** Decides which way to the camera's permission is told. */
  platform: Platform;
  /** The page it stands in: the camera is not kept on while that is hidden. */
  page: Window;
}

/**
 * A liveness check that looks at no face, and says so. It opens the camera, goes through the
 * transaction's prompts and captures a picture for each; the pictures stay on the phone, and the
 * provider is told only that they were taken.
 */
export function createLivenessStub(options: LivenessStubOptions): LivenessStub {
  const { send, camera, platform, page } = options;
  let stage: { container: HTMLElement; texts: Dictionary; unstyle: () => void } | undefined;
  let check: LivenessCheck | undefined;

  const draw = () => {
    if (stage && check) drawStub(stage.container, check.view(stage.texts, platform));
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
        const isHidden = () => page.document.visibilityState === 'hidden';
        const mine = new LivenessCheck(transaction, running.signal, {
          send,
          camera,
          isHidden,
          draw,
          end,
        });
        check = mine;
        const whileRunning = { signal: running.signal };
        signal.addEventListener('abort', () => end({ status: 'cancelled' }), whileRunning);
        page.addEventListener('pagehide', () => mine.leave(), whileRunning);
        page.document.addEventListener(
          'visibilitychange',
          () => {
            if (isHidden()) mine.leave();
          },
          whileRunning,
        );
        if (signal.aborted) end({ status: 'cancelled' });
        else draw();
      }),
  };
}
