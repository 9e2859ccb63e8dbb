import '../widget/elements/define-screens.ts';
import { BoardingIdInExtension } from './element.ts';

/** Importing this module registers `<boarding-id>` as the extension has it. */
customElements.define('boarding-id', BoardingIdInExtension);
