import type { TestRunnerPlugin } from '@web/test-runner-core';
import type { ChromeLauncher } from '@web/test-runner-chrome';
import type { CDPSession } from 'puppeteer-core';

/** What a component test asks of the browser's developer tools. */
export interface DevtoolsCall {
  method: string;
  params: Record<string, unknown>;
}

/** Emulations end with their session, so each page keeps one. */
const sessions = new Map<string, Promise<CDPSession>>();

/** For component tests: a command `devtools`, since the runner's own know no forced colours. */
export const devtoolsPlugin: TestRunnerPlugin<DevtoolsCall> = {
  name: 'devtools',
  async executeCommand({ command, payload, session }) {
    if (command !== 'devtools' || !payload) return undefined;
    const { id, browser } = session;
    const opening = sessions.get(id) ?? (browser as ChromeLauncher).getPage(id).createCDPSession();
    sessions.set(id, opening);
    const { method, params } = payload;
    return (await opening).send(method as 'Runtime.enable', params as never);
  },
};
