/** What is used of the manifest analyzer, whose own types leave it out. */
declare module '@custom-elements-manifest/analyzer/index.js' {
  export const ts: {
    ScriptTarget: { ES2022: number };
    createSourceFile(name: string, text: string, target: number, parents: boolean): object;
  };
  export function create(given: { modules: object[]; plugins: object[] }): {
    modules: { path: string; declarations: { kind: string; name: string; tagName?: string }[] }[];
  };
}
declare module '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js' {
  export function litPlugin(): object[];
}
