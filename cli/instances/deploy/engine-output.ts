/** What the engine's plain output says while it runs, line by line. */
export class EngineOutput {
  #lines: string[] = [];
  #phase: "preview" | "update" = "preview";
  #counting = false;
  readonly #counts = { preview: [] as string[], update: [] as string[] };

  /** @returns what to tell of this line; undefined: nothing. */
  take(line: string): string | undefined {
    this.#lines.push(line);
    if (/^(?:Updating|Destroying) \(/.test(line)) this.#phase = "update";
    if (line.startsWith("Resources:")) {
      this.#counting = true;
      return undefined;
    }
    if (this.#counting) {
      const count = /^\s+(?:[+~-]+|\+-)?\s*([0-9]+ [a-z ]+)$/.exec(line)?.[1];
      if (count === undefined) this.#counting = false;
      else this.#counts[this.#phase].push(count);
      return undefined;
    }
    return changeIn(line);
  }

  /** What the preview said would change: `105 to create`. */
  get preview(): string {
    return this.#counts.preview.join(", ") || "nothing to change";
  }

  /** What has changed: `105 created`. */
  get outcome(): string {
    return this.#counts.update.join(", ") || "nothing changed";
  }

  /** What went wrong, in the engine's words. */
  get problem(): string {
    const from = this.#lines.findLastIndex((line) => /^(?:Diagnostics:|error:)/.test(line));
    const rest = from < 0 ? this.#lines : this.#lines.slice(from);
    const to = rest.findIndex((line) => /^(?:Outputs|Resources|Duration):/.test(line));
    const told = (to < 0 ? rest : rest.slice(0, to)).filter(
      (line) => line.trim() !== "" && !FRAME.test(line),
    );
    return told.slice(-MOST_LINES).join("\n");
  }
}

/** Most lines of a failure that are shown. */
const MOST_LINES = 40;

/** Where in a program a failure came up, which says nothing to whoever deploys; and what stands between two such. */
const FRAME = /^\s+(?:at .*(?::\d+:\d+|<anonymous>)\)?|for call at)$/;

/** ` +  kubernetes:apps/v1:Deployment packit-service created (3s)`: what has been done to what. */
const CHANGE =
  /^\s*(?:@|[+~-]+|<|>|=)?\s+(?:[\w/.:-]+:)([A-Za-z]\w*)\s+(\S+)\s+(created|updated|deleted|replaced)\b/;

function changeIn(line: string): string | undefined {
  const [, kind, name = "", what = ""] = CHANGE.exec(line) ?? [];
  return kind === undefined ? undefined : `${kind} ${name} ${what}`;
}
