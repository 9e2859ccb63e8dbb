import { OptionsAppearance } from './appearance-section.ts';
import { OptionsClear } from './clear-section.ts';
import { OptionsIssuer } from './issuer-section.ts';
import { OptionsPage } from './options-page.ts';
import { OptionsReminders } from './reminders-section.ts';
import { OptionsSignIn } from './sign-in-section.ts';

customElements.define('options-issuer', OptionsIssuer);
customElements.define('options-appearance', OptionsAppearance);
customElements.define('options-reminders', OptionsReminders);
customElements.define('options-sign-in', OptionsSignIn);
customElements.define('options-clear', OptionsClear);
customElements.define('options-page', OptionsPage);
