import type { Point } from './points.ts';

/** Does something once, when a request comes by a point. */
export class PointWatch {
  #awaited: { point: Point; happens: () => void } | undefined;
  readonly #past = new Set<string>();

  /** @param point none, if nothing is to be done any more */
  await(point: Point | undefined, happens: () => void): void {
    this.#awaited = point && { point, happens };
    this.#past.clear();
  }

  /** To be told of each {@link Point.moment}. */
  reached(moment: string): void {
    if (!this.#awaited) return;
    const { point, happens } = this.#awaited;
    if (moment === point.moment && (point.past === undefined || this.#past.has(point.past))) {
      this.#awaited = undefined;
      happens();
    }
    this.#past.add(moment);
  }
}
