import { executeServerCommand } from '@web/test-runner-commands';

/** Calls the browser's developer tools, by their protocol's names. */
const devtools = <Result>(method: string, params: Record<string, unknown> = {}): Promise<Result> =>
  executeServerCommand('devtools', { method, params });

/** What the traveller has set: `forced-colors`, `prefers-reduced-motion` …; `{}` for nothing. */
export async function emulateMedia(features: Readonly<Record<string, string>>): Promise<void> {
  const named = Object.entries(features).map(([name, value]) => ({ name, value }));
  await devtools('Emulation.setEmulatedMedia', { features: named });
}

interface AxValue {
  value?: string | number | boolean;
}
interface AxNode {
  nodeId: string;
  ignored: boolean;
  role?: AxValue;
  name?: AxValue;
  properties?: { name: string; value: AxValue }[];
  childIds?: string[];
}

/** What a screen reader finds, in the order in which it reads. */
export interface Read {
  role: string;
  name: string;
  properties: Readonly<Record<string, unknown>>;
}

/** The accessibility tree of the page, through all shadow roots; plain text stands in its element. */
export async function readingOrder(): Promise<Read[]> {
  const { nodes } = await devtools<{ nodes: AxNode[] }>('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const walk = (node: AxNode): Read[] => [
    ...(node.ignored ? [] : [readNode(node)]),
    ...(node.childIds ?? []).flatMap((id) => {
      const child = byId.get(id);
      return child ? walk(child) : [];
    }),
  ];
  return nodes[0] ? walk(nodes[0]) : [];
}

const readNode = ({ role, name, properties = [] }: AxNode): Read => ({
  role: String(role?.value ?? ''),
  name: String(name?.value ?? ''),
  properties: Object.fromEntries(properties.map((each) => [each.name, each.value.value])),
});
