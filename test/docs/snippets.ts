/** A block of code in a document. */
export interface Snippet {
  language: string;
  text: string;
}

/** What a block begins with that no test runs: it is for an app or for a server. */
export const notRun = 'Not run here';

/** @returns the blocks of a document, in its order */
export const snippetsIn = (markdown: string): Snippet[] =>
  [...markdown.matchAll(/^```(\S*)\n(.*?)^```$/gms)].map(([, language, text]) => ({
    language: language!,
    text: text!,
  }));

/** Whether the block says of itself that no test runs it. */
export const isMarked = ({ text }: Snippet): boolean => text.split('\n', 1)[0]!.includes(notRun);

/** The blocks of a document that a page can run, and which of them have not been. */
export class PageSnippets {
  private readonly left: Set<Snippet>;
  private readonly all: readonly Snippet[];

  constructor(markdown: string) {
    this.all = snippetsIn(markdown).filter((snippet) => !isMarked(snippet));
    this.left = new Set(this.all);
  }

  /** The one block that has these words; it counts as run. */
  take(words: string): Snippet {
    const [snippet, ...others] = this.all.filter(({ text }) => text.includes(words));
    if (!snippet || others.length > 0) throw new Error(`Not one snippet has ${words}`);
    this.left.delete(snippet);
    return snippet;
  }

  /** Texts of those that were not taken. */
  leftOut(): string[] {
    return [...this.left].map(({ text }) => text);
  }
}
