import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Tells its element as each second of the server's clock begins: seconds left and the running
 * clock. It decides nothing; what may be shown is in the state, and in each code's window.
 */
export class SecondTick implements ReactiveController {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly host: ReactiveControllerHost & HTMLElement;
  private readonly now: () => number;
  private readonly tick: () => void;

  /**
   * @param now milliseconds since the epoch
   * @param tick called each second, and whenever the element has been drawn
   */
  constructor(host: ReactiveControllerHost & HTMLElement, now: () => number, tick: () => void) {
    this.host = host;
    this.now = now;
    this.tick = tick;
  }

  hostConnected(): void {
    this.host.requestUpdate();
  }

  hostUpdated(): void {
    clearTimeout(this.timer);
    if (!this.host.isConnected) return;
    this.timer = setTimeout(() => this.hostUpdated(), 1000 - (this.now() % 1000));
    this.tick();
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
  }
}
