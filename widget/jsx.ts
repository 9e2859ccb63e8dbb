import type { BoardingId } from './elements/boarding-id.ts';
import type { EntryEventMap } from './elements/entry-tile.ts';
import type { HostEventMap } from './elements/host-events.ts';

/** `onboarding-id-issued` and so on: React 19 and Preact listen to what stands after `on`. */
type Listeners<Events> = {
  [Name in keyof Events as `on${Name & string}`]?: ((event: Events[Name]) => void) | undefined;
};

/** An attribute or property that may be left out, or be `undefined` in its place. */
type Given<Properties> = { [Name in keyof Properties]?: Properties[Name] | undefined };

/** What `<boarding-id>` takes in JSX besides what every element takes. */
export interface BoardingIdProps
  extends
    Listeners<HostEventMap>,
    Given<
      Pick<BoardingId, 'issuer' | 'lang' | 'textSize' | 'screen' | 'session' | 'clock' | 'bridge'>
    > {
  'text-size'?: BoardingId['textSize'] | undefined;
}

/** What `<boarding-id-entry>` takes in JSX besides what every element takes. */
export interface BoardingIdEntryProps
  extends
    Listeners<EntryEventMap>,
    Given<Pick<BoardingId, 'issuer' | 'lang' | 'screen' | 'session' | 'clock' | 'bridge'>> {
  for?: string | undefined;
}

/**
 * The two elements for the JSX of any framework; `boarding-id/react` has them for React 19. In
 * another, `Common` is what every element takes there:
 *
 * @example
 *   declare module 'preact' {
 *     namespace JSX {
 *       interface IntrinsicElements extends JsxElements<HTMLAttributes<HTMLElement>> {}
 *     }
 *   }
 */
export interface JsxElements<Common = unknown> {
  'boarding-id': BoardingIdProps & Common;
  'boarding-id-entry': BoardingIdEntryProps & Common;
}
