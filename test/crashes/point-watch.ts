import { points, type Point, type PointName } from './points.ts';

/** Does something once, when an issue comes by a point. */
export class PointWatch {
  #awaited: { point: Point; happens: () => void } | undefined;
  readonly #past = new Set<string>();

  /** @param at the point; none, if nothing is to be done any more */
  await(at: PointName | undefined, happens: () => void): void {
    this.#awaited = at && { point: points[at], happens };
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
