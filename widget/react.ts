import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { BoardingId } from './elements/boarding-id.ts';
import type { BoardingIdEntry } from './elements/entry-tile.ts';
import type { BoardingIdEntryProps, BoardingIdProps } from './jsx.ts';

/** Types alone: with `import type {} from 'boarding-id/react'` the two elements stand in the JSX of React 19. */

type Props<Own, Element> = Own &
  Omit<DetailedHTMLProps<HTMLAttributes<Element>, Element>, keyof Own>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'boarding-id': Props<BoardingIdProps, BoardingId>;
      'boarding-id-entry': Props<BoardingIdEntryProps, BoardingIdEntry>;
    }
  }
}
