import { REVDEP } from "../../stacks/parts/names";
import type { Cluster } from "../cluster";
import { accepted } from "../cluster-answer";
import { jobsPath } from "../manual-job";
import type { TestJob } from "./job";
import { failureOf, type TestPod } from "./pod";

/** Lines of a log that are read, from its end. */
const LOG_LINES = 40;

/** A Job as the API server holds it. */
export interface SeenJob {
  readonly metadata: {
    readonly uid: string;
    readonly deletionTimestamp?: string;
    readonly creationTimestamp?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly status?: {
    readonly startTime?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
      readonly lastTransitionTime?: string;
    }[];
  };
}

/** Looks at a run of the tests. */
export class Look {
  readonly #namespace: string;

  constructor(
    private readonly cluster: Cluster,
    private readonly wanted: TestJob,
  ) {
    this.#namespace = `/api/v1/namespaces/${wanted.metadata.namespace}`;
  }

  /** The Job that there is under the name; undefined: none. */
  async job(): Promise<SeenJob | undefined> {
    const answer = await this.cluster.ask("GET", `${jobsPath(this.wanted)}/${REVDEP}`);
    return answer.status === 404 ? undefined : (accepted(answer) as SeenJob);
  }

  /** The Job's pod; undefined: it has none yet, or its deadline took it. */
  async pod(uid: string): Promise<TestPod | undefined> {
    const selector = encodeURIComponent(`batch.kubernetes.io/controller-uid=${uid}`);
    const answer = await this.cluster.ask("GET", `${this.#namespace}/pods?labelSelector=${selector}`);
    return (accepted(answer) as { readonly items: readonly TestPod[] }).items.at(-1);
  }

  /** Why the Job has no pod, such as a quota that is used up. */
  async objection(): Promise<string> {
    const selector = encodeURIComponent(`involvedObject.kind=Job,involvedObject.name=${REVDEP},type=Warning`);
    const { status, body } = await this.cluster.ask(
      "GET",
      `${this.#namespace}/events?fieldSelector=${selector}`,
    );
    // Whoever may not read events learns less.
    const events =
      status < 400 ? (body as { readonly items: readonly { readonly message?: string }[] }).items : [];
    const message = events.at(-1)?.message;
    return message === undefined ? "waits for its pod" : `waits for its pod: ${message}`;
  }

  /** The last lines of the container that failed, or else runs the tests; none where they cannot be had. */
  async log(pod: TestPod): Promise<readonly string[]> {
    const container = failureOf(pod)?.container ?? REVDEP;
    const path = `${this.#namespace}/pods/${pod.metadata.name}/log?container=${container}&tailLines=${LOG_LINES}`;
    const { status, body } = await this.cluster.ask("GET", path);
    if (status >= 400) return [];
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return text
      .split("\n")
      .map((line) => line.trimEnd())
      .filter((line) => line !== "");
  }
}
