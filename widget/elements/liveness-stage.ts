import type { Language } from '../locales/index.ts';

/** Whoever draws the liveness check: the screen hands over an empty container while it runs. */
export interface LivenessStage {
  attach: (container: HTMLElement, language: Language) => void;
  detach: () => void;
}
