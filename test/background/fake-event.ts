/** An event of a browser's: who listens, and since when. */
export class FakeEvent<Given extends unknown[] = []> {
  #listeners = new Set<(...given: Given) => unknown>();

  readonly addListener = (listener: (...given: Given) => unknown): void => {
    this.#listeners.add(listener);
  };
  readonly removeListener = (listener: (...given: Given) => unknown): void => {
    this.#listeners.delete(listener);
  };
  readonly hasListener = (listener: (...given: Given) => unknown): boolean =>
    this.#listeners.has(listener);
  readonly hasListeners = (): boolean => this.#listeners.size > 0;

  /** @returns the first answer that is one, as `runtime.onMessage` has it */
  fire(...given: Given): unknown {
    return [...this.#listeners].map((listener) => listener(...given)).find(Boolean);
  }

  /** As when the worker is killed. */
  forget(): void {
    this.#listeners.clear();
  }
}
