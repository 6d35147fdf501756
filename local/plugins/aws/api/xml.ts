/** An element of an answer: text, or further elements. AWS's answers hold no attributes that matter. */
export class Xml {
  constructor(
    readonly name: string,
    private readonly children: readonly Xml[],
    private readonly content: string,
  ) {}

  /** The element at a path of names, the first of each; undefined when there is none. */
  at(...path: string[]): Xml | undefined {
    const [name, ...rest] = path;
    if (name === undefined) return this;
    return this.children.find((child) => child.name === name)?.at(...rest);
  }

  /** The text at a path of names, empty when there is none. */
  text(...path: string[]): string {
    return this.at(...path)?.content ?? "";
  }

  /** The elements of the list at a path of names (`item` in EC2's answers, `member` in IAM's). */
  list(...path: string[]): readonly Xml[] {
    return this.at(...path)?.children ?? [];
  }
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/**
 * Reads a well-formed document.
 * @throws Error on anything else
 */
export function parseXml(document: string): Xml {
  const open: { name: string; children: Xml[]; text: string }[] = [{ name: "", children: [], text: "" }];
  const top = (): (typeof open)[number] => {
    const last = open.at(-1);
    if (last === undefined) throw new Error("the XML closes more elements than it opens");
    return last;
  };
  for (const [, tag, text = ""] of document.matchAll(/<([^>]*)>|([^<]+)/g)) {
    if (tag === undefined) {
      top().text += decode(text);
    } else if (tag.startsWith("/")) {
      const { name, children, text: content } = top();
      if (name !== tag.slice(1).trim()) throw new Error(`the XML closes <${tag}> where <${name}> is open`);
      open.pop();
      top().children.push(new Xml(name, children, children.length > 0 ? "" : content));
    } else if (!/^[?!]/.test(tag)) {
      const name = /^[^\s/]+/.exec(tag)?.[0] ?? "";
      if (tag.endsWith("/")) top().children.push(new Xml(name, [], ""));
      else open.push({ name, children: [], text: "" });
    }
  }
  const root = open.length === 1 ? top().children[0] : undefined;
  if (root === undefined) throw new Error("the XML does not end");
  return root;
}

function decode(text: string): string {
  return text.replace(/&(#x?)?(\w+);/g, (whole, number: string | undefined, name: string) => {
    if (number !== undefined) return String.fromCodePoint(parseInt(name, number === "#" ? 10 : 16));
    return entities[name] ?? whole;
  });
}
