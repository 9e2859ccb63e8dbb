import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Redraws its element as each second of the server's clock begins: seconds left and the running
 * clock. It decides nothing; what may be shown is in the state, and in each code's window.
 */
export class SecondTick implements ReactiveController {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly host: ReactiveControllerHost & HTMLElement;
  private readonly now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(host: ReactiveControllerHost & HTMLElement, now: () => number) {
    this.host = host;
    this.now = now;
  }

  hostConnected(): void {
    this.host.requestUpdate();
  }

  hostUpdated(): void {
    clearTimeout(this.timer);
    if (!this.host.isConnected) return;
    this.timer = setTimeout(() => this.host.requestUpdate(), 1000 - (this.now() % 1000));
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
  }
}
