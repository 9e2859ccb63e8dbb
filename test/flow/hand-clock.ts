/** A phone's clocks, which a test moves by hand, and the timers that hang on them. */
export class HandClock {
  /** Milliseconds since the epoch; to be set as anybody sets a phone's clock. */
  now: number;
  /** Milliseconds by the clock that nobody can set; it rests while the phone sleeps. */
  elapsed = 0;
  #timers = new Map<number, { at: number; callback: () => void }>();
  #next = 0;

  constructor(now: number) {
    this.now = now;
  }

  readonly after = (milliseconds: number, callback: () => void): (() => void) => {
    const id = this.#next++;
    this.#timers.set(id, { at: this.elapsed + milliseconds, callback });
    return () => this.#timers.delete(id);
  };

  /** Timers that have been set and have not gone off. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Moves on; what falls due goes off in its order and at its time. */
  advance(milliseconds: number): void {
    const end = this.elapsed + milliseconds;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end);
      const first = due.sort(([, a], [, b]) => a.at - b.at)[0];
      if (!first) break;
      const [id, { at, callback }] = first;
      this.#timers.delete(id);
      this.#moveTo(at);
      callback();
    }
    this.#moveTo(end);
  }

  #moveTo(elapsed: number): void {
    this.now += elapsed - this.elapsed;
    this.elapsed = elapsed;
  }
}
