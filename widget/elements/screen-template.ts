import { html, type TemplateResult } from 'lit';
import type { ScreenName } from '../flow/state.ts';
import type { Given } from './screen.ts';

const templates: Record<ScreenName, (given: Given) => TemplateResult> = {
  services: (given) =>
    html`<boarding-id-services .given=${given}
      ><slot name="services" slot="services"></slot
    ></boarding-id-services>`,
  readiness: (given) => html`<boarding-id-readiness .given=${given}></boarding-id-readiness>`,
  application: (given) => html`<boarding-id-application .given=${given}></boarding-id-application>`,
  liveness: (given) => html`<boarding-id-liveness .given=${given}></boarding-id-liveness>`,
  outcome: (given) => html`<boarding-id-outcome .given=${given}></boarding-id-outcome>`,
  code: (given) => html`<boarding-id-code .given=${given}></boarding-id-code>`,
  records: (given) => html`<boarding-id-records .given=${given}></boarding-id-records>`,
  help: (given) => html`<boarding-id-help .given=${given}></boarding-id-help>`,
};

/** The element for the screen that the flow is at. */
export const screenTemplate = (given: Given): TemplateResult => templates[given.screen.name](given);
