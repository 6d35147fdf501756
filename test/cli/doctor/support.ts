import type { Check, Examined, Finding } from "../../../cli/commands/doctor/check";
import { examineAll } from "../../../cli/commands/doctor/check";
import type { Cluster, ClusterAnswer } from "../../../cli/cluster";

/** What one check finds, whatever it needs. */
export async function findingOf(checks: readonly Check[], id: string): Promise<Finding> {
  const check = checks.find((candidate) => candidate.id === id);
  if (check === undefined) throw new Error(`there is no check ${id}`);
  const [finding] = await examineAll([{ id, run: check.run }], () => undefined);
  if (finding === undefined) throw new Error(`${id} was not made`);
  return finding;
}

/** What all checks find, by id. */
export async function findingsOf(checks: readonly Check[]): Promise<Readonly<Record<string, Examined>>> {
  const all = await examineAll(checks, () => undefined);
  return Object.fromEntries(all.map((finding) => [finding.id, finding]));
}

/** A cluster that answers by its paths; 404 to all others. */
export class FakeCluster implements Cluster {
  readonly server = "https://cluster.example:6443";
  readonly #answers: Readonly<Record<string, unknown>>;
  /** Whether a `SelfSubjectAccessReview` is granted, by verb and resource. */
  readonly #allows: (verb: string, resource: string, namespace: string) => boolean;

  constructor(
    answers: Readonly<Record<string, unknown>>,
    allows: (verb: string, resource: string, namespace: string) => boolean = () => true,
  ) {
    this.#answers = answers;
    this.#allows = allows;
  }

  ask(method: "GET" | "POST", path: string, body?: unknown): Promise<ClusterAnswer> {
    if (method === "POST") return Promise.resolve(this.#review(body));
    const found = this.#answers[path];
    if (found === undefined) return Promise.resolve({ status: 404, body: {} });
    if (found instanceof Error) return Promise.reject(found);
    if (typeof found === "number") return Promise.resolve({ status: found, body: {} });
    return Promise.resolve({ status: 200, body: found, date: Date.parse("2026-01-01T12:00:00Z") });
  }

  #review(body: unknown): ClusterAnswer {
    const { spec } = body as {
      spec: { resourceAttributes?: { verb: string; resource: string; namespace?: string } };
    };
    const { verb = "", resource = "", namespace = "" } = spec.resourceAttributes ?? {};
    return { status: 201, body: { status: { allowed: this.#allows(verb, resource, namespace) } } };
  }
}
