import * as z from "zod";

import { nearest } from "../../stacks/settings/nearest";
import type { Cluster } from "../cluster";

/** A container whose log can be read. */
export interface LogSource {
  readonly component: string;
  readonly pod: string;
  readonly container: string;
}

const pods = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()).default({}) }),
      spec: z.object({ containers: z.array(z.object({ name: z.string() })) }),
    }),
  ),
});

/**
 * The containers of a namespace's pods.
 *
 * @param component - Of this component only, by its name or as `--only` calls it; of all without.
 * @throws Error when there are none, with the components that there are.
 */
export async function logSources(
  cluster: Cluster,
  namespace: string,
  component: string | undefined,
): Promise<readonly LogSource[]> {
  const { status, body } = await cluster.ask("GET", `/api/v1/namespaces/${namespace}/pods`);
  if (status !== 200) throw new Error(`the pods of ${namespace} cannot be looked at (HTTP ${status})`);
  const all = pods.parse(body).items.flatMap(({ metadata: { name, labels }, spec }) =>
    spec.containers.map((container) => ({
      component: labels.component ?? name,
      pod: name,
      container: container.name,
    })),
  );
  const known = [...new Set(all.map((source) => source.component))].sort();
  const wanted = component === undefined ? known : meantBy(component, known);
  const sources = all.filter((source) => wanted.includes(source.component));
  if (sources.length > 0) return sources;
  if (component === undefined || known.length === 0) throw new Error(`${namespace} has no pods`);
  const meant = nearest(component, known);
  throw new Error(
    `${namespace} has no component ${component}${meant === undefined ? "" : `; did you mean ${meant}?`}\n` +
      `its components: ${known.join(", ")}`,
  );
}

/** The web API's own name has nothing of what `--only`, the addresses and people call it. */
const API = "packit-service";

/** The components that a word means: one by its name, or all that have it within their names, as in `worker`. */
function meantBy(word: string, known: readonly string[]): readonly string[] {
  const exact = word === "api" ? API : word;
  if (known.includes(exact)) return [exact];
  return known.filter((component) => `-${component}-`.includes(`-${word}-`));
}

/** Reads logs piece by piece, each line once. */
export class LogReader {
  /** Time of the last line that was read, by container. */
  readonly #last = new Map<string, string>();

  constructor(
    private readonly cluster: Cluster,
    private readonly namespace: string,
    private readonly options: { readonly lines: number; readonly previous: boolean },
  ) {}

  /** The last lines of a container the first time, and what has come since afterwards. */
  async next({ pod, container }: LogSource): Promise<readonly string[]> {
    const key = `${pod}/${container}`;
    const since = this.#last.get(key);
    const query = new URLSearchParams({
      container,
      timestamps: "true",
      previous: String(this.options.previous),
      ...(since === undefined ? { tailLines: String(this.options.lines) } : { sinceTime: since }),
    });
    const path = `/api/v1/namespaces/${this.namespace}/pods/${pod}/log?${query.toString()}`;
    const { status, body } = await this.cluster.ask("GET", path);
    if (status !== 200) return since === undefined ? [`no log yet (HTTP ${status}${whyNot(body)})`] : [];
    const stamped = String(body)
      .split("\n")
      .filter((line) => line !== "")
      .map(parted);
    // The server's granularity is a second, so what was read before comes again.
    const fresh = stamped.filter(({ time }) => since === undefined || time > since);
    const last = fresh.at(-1)?.time;
    if (last !== undefined) this.#last.set(key, last);
    return fresh.map(({ text }) => text);
  }
}

function parted(line: string): { readonly time: string; readonly text: string } {
  const [, time = "", text = line] = /^(\S+) (.*)$/.exec(line) ?? [];
  return { time, text };
}

function whyNot(body: unknown): string {
  const { message } = Object(body) as { message?: unknown };
  return typeof message === "string" ? `: ${message}` : "";
}
