import type { AdmissionAnswer, InspectionAnswer } from '../../widget/protocol/messages/gate.ts';
import type { Pack, TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import {
  ask,
  Holder,
  someGuest,
  startIssuer,
  type Answer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';

/** A guest with a proof, at a gate that shares the issuer's store. */
export class AtTheGate {
  readonly running: RunningIssuer;
  readonly holder: Holder;
  identity!: TypedIdentity;
  #grant = '';

  private constructor(running: RunningIssuer, holder: Holder) {
    this.running = running;
    this.holder = holder;
  }

  static async start(): Promise<AtTheGate> {
    const running = await startIssuer();
    const scene = new AtTheGate(running, await Holder.create(running));
    await scene.nextGuest();
    return scene;
  }

  /** Somebody else, with a proof of their own. */
  async nextGuest(): Promise<void> {
    this.identity = await someGuest(this.running);
    this.#grant = (await this.holder.obtain({ identity: this.identity })).body.grant.token;
  }

  async freshCode(): Promise<string> {
    const { body } = await this.holder.call<Pack>('POST', '/v1/codes', {
      body: {},
      grant: this.#grant,
    });
    return body.codes[0]!;
  }

  buy(kind = 'single', train = 'G901') {
    const body = { identity: this.identity, kind, train };
    return ask(this.running, 'POST', '/mock/tickets', { body });
  }

  async credential(of: 'credential' | 'crewCredential' = 'credential'): Promise<string> {
    const response = await this.running.server.gateApp.request('/configuration.json');
    return ((await response.json()) as Record<typeof of, string>)[of];
  }

  async admit(scanned: string, change: object = {}): Promise<AdmissionAnswer> {
    return (await this.askAsGate<AdmissionAnswer>(scanned, change)).body;
  }

  async askAsGate<Body>(scanned: string, change: object): Promise<Answer<Body>> {
    return ask<Body>(this.running, 'POST', '/v1/admissions', {
      headers: { Authorization: `Bearer ${await this.credential()}` },
      body: { scanned, purpose: 'entry', station: 'beijing-south', lane: '1', ...change },
    });
  }

  /** In a word. */
  async verdict(scanned: string, change: object = {}): Promise<string> {
    const answer = await this.admit(scanned, change);
    return answer.admitted ? 'admitted' : answer.reason;
  }

  async inspect(scanned: string, change: object = {}): Promise<InspectionAnswer> {
    const { body } = await ask<InspectionAnswer>(this.running, 'POST', '/v1/inspections', {
      headers: { Authorization: `Bearer ${await this.credential('crewCredential')}` },
      body: { scanned, purpose: 'onboard', station: '', lane: 'crew 7', ...change },
    });
    return body;
  }
}
