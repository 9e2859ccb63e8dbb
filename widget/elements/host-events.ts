import type { HostEvent } from '../flow/effects.ts';

type DetailOf<Name extends HostEvent['name']> = Omit<Extract<HostEvent, { name: Name }>, 'name'>;

/** The DOM events a host page hears; none carries identity (B7). */
export type HostEventMap = {
  [Name in HostEvent['name'] as `boarding-id-${Name}`]: CustomEvent<DetailOf<Name>>;
};

declare global {
  interface HTMLElementEventMap extends HostEventMap {}
}

/**
 * Tells whoever listens on the element or above it.
 *
 * @returns false when a listener has prevented what is asked for: only `close-request` can be
 */
export function tellHost(element: HTMLElement, { name, ...detail }: HostEvent): boolean {
  const cancelable = name === 'close-request';
  return element.dispatchEvent(
    new CustomEvent(`boarding-id-${name}`, { detail, bubbles: true, composed: true, cancelable }),
  );
}
