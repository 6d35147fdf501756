import type { Cluster, ClusterAnswer, Method } from "../../cluster";
import { objectionIn } from "../../cluster-answer";
import { CONTROL_NAMESPACE, LEASE_KIND_LABEL } from "../record";
import type { Clock } from "./clock";
import { type Lease, leaseList, leaseSchema } from "./lease";
import { ensureControlNamespace } from "./namespace";

const LEASES = `/apis/coordination.k8s.io/v1/namespaces/${CONTROL_NAMESPACE}/leases`;

/** By how much the estimate of the cluster's clock may run ahead of a new answer before it counts as set back. */
const SET_BACK_MS = 2_000;

/** The API server gave no answer, or none that says anything: the same may work in a moment. */
export class Away extends Error {
  override readonly name = "Away";
}

/**
 * The leases of a cluster. Each write says which version it changes, and is `undefined` when somebody else was
 * faster.
 */
export class Store {
  #ahead: number | undefined;

  constructor(
    readonly cluster: Cluster,
    readonly clock: Clock,
    /** How long an answer may take, in milliseconds. */
    private readonly patience: number,
  ) {}

  /**
   * The cluster's clock, in milliseconds since 1970: what it last told and the time since then. Never ahead of it,
   * and behind by a second at the most, since it tells whole seconds.
   *
   * @throws Error when nothing has been asked yet.
   */
  now(): number {
    if (this.#ahead === undefined) throw new Error("the API server tells no time: its answers have no Date");
    return this.clock.steady() + this.#ahead;
  }

  /** All leases of this project, and those of its kind that nobody can read. */
  async list(): Promise<{ readonly leases: readonly Lease[]; readonly unreadable: number }> {
    const answer = await this.#ask("GET", `${LEASES}?labelSelector=${encodeURIComponent(LEASE_KIND_LABEL)}`);
    const items = leaseList.parse(required(answer)).items.map((item) => leaseSchema.safeParse(item));
    const leases = items.flatMap(({ data }) => (data === undefined ? [] : [data]));
    return { leases, unreadable: items.length - leases.length };
  }

  async get(name: string): Promise<Lease | undefined> {
    const answer = await this.#ask("GET", `${LEASES}/${name}`);
    return answer.status === 404 ? undefined : leaseSchema.parse(required(answer));
  }

  /** Makes a lease; undefined when there is one of this name. The namespace is made when it is missing. */
  async create(lease: Lease): Promise<Lease | undefined> {
    const answer = await this.#ask("POST", LEASES, lease);
    if (answer.status === 404) {
      await ensureControlNamespace(this.cluster);
      return this.#written(await this.#ask("POST", LEASES, lease));
    }
    return this.#written(answer);
  }

  /** Writes a lease that was read; undefined when it has changed since, or is gone. */
  async replace(lease: Lease): Promise<Lease | undefined> {
    return this.#written(await this.#ask("PUT", `${LEASES}/${lease.metadata.name}`, lease));
  }

  /** Deletes a lease that was read. @returns whether it is gone: false when it has changed since. */
  async remove({ metadata: { name, uid, resourceVersion } }: Lease): Promise<boolean> {
    const answer = await this.#ask("DELETE", `${LEASES}/${name}`, {
      apiVersion: "v1",
      kind: "DeleteOptions",
      preconditions: { uid, resourceVersion },
    });
    if (answer.status === 404) return true;
    if (answer.status === 409) return false;
    required(answer);
    return true;
  }

  #written(answer: ClusterAnswer): Lease | undefined {
    if (answer.status === 409 || answer.status === 404) return undefined;
    return leaseSchema.parse(required(answer));
  }

  async #ask(method: Method, path: string, body?: unknown): Promise<ClusterAnswer> {
    let answer: ClusterAnswer;
    try {
      answer = await this.cluster.ask(method, path, body, this.patience);
    } catch (error) {
      throw new Away(`${this.cluster.server} gives no answer`, { cause: error });
    }
    if (answer.date !== undefined) this.#setClock(answer.date);
    if (answer.status >= 500 || answer.status === 429)
      throw new Away(`${this.cluster.server} cannot answer now: ${objectionIn(answer)}`);
    return answer;
  }

  #setClock(date: number): void {
    const ahead = date - this.clock.steady();
    // Each answer bounds the cluster's clock from below, so the highest is the closest.
    if (this.#ahead === undefined || ahead > this.#ahead || ahead < this.#ahead - SET_BACK_MS)
      this.#ahead = ahead;
  }
}

/** The body of an answer that is no refusal. */
function required(answer: ClusterAnswer): unknown {
  if (answer.status < 400) return answer.body;
  const fix =
    answer.status === 403
      ? `; have its administrator bind the Role ${CONTROL_NAMESPACE} of the namespace ${CONTROL_NAMESPACE} to you`
      : "";
  throw new Error(`the cluster refuses: ${objectionIn(answer)}${fix}`);
}
