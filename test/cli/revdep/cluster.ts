import type { Cluster, ClusterAnswer } from "../../../cli/cluster";

export const NAMESPACE = "fedora-ci-stg-pr-12";
export const IMAGE = "quay.io/packit/fedora-ci-worker:stg";
const JOBS = `/apis/batch/v1/namespaces/${NAMESPACE}/jobs`;
const CORE = `/api/v1/namespaces/${NAMESPACE}`;

/** What the stack keeps ready, as far as commands look into it. */
export const CRON_JOB = {
  metadata: { name: "revdep", uid: "cron-1" },
  spec: {
    suspend: true,
    jobTemplate: {
      metadata: { labels: { component: "revdep" } },
      spec: {
        activeDeadlineSeconds: 3600,
        template: {
          metadata: { labels: { component: "revdep" } },
          spec: {
            serviceAccountName: "revdep",
            initContainers: [{ name: "take-code", image: IMAGE }],
            containers: [{ name: "revdep", image: "quay.io/packit/packit-service-tests:stg" }],
          },
        },
      },
    },
  },
};

/** What the API server has of a run at one moment. */
export interface Moment {
  /** Status of the Job. */
  readonly job?: object;
  /** Status of its pod; absent: it has none. */
  readonly pod?: object;
  /** What the pod has written; absent: it cannot be had. */
  readonly log?: string;
  /** A warning about the Job. */
  readonly event?: string;
  /** No answer. */
  readonly down?: true;
}

interface Held {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly life: Moment[];
}

const ok = (body: unknown): ClusterAnswer => ({ status: 200, body });
const missing: ClusterAnswer = { status: 404, body: { message: "not found" } };

/** A cluster with at most one Job. Each look at it is the next moment of its life; the last one lasts. */
export class FakeCluster implements Cluster {
  readonly server = "https://cluster.example";
  /** What was asked, without looking: `POST` and its query, for example. */
  readonly writes: { readonly call: string; readonly body: unknown }[] = [];
  held: Held | undefined;
  #moment: Moment = {};
  #jobs = 0;

  /** @param life - Of the Job that is made next. */
  constructor(private readonly life: readonly Moment[] = []) {}

  ask(method: string, path: string, body?: unknown): Promise<ClusterAnswer> {
    const [place = "", query = ""] = path.split("?");
    if (method !== "GET") this.writes.push({ call: `${method} ${place}?${query}`, body });
    if (method === "POST" && place === JOBS) return Promise.resolve(this.#make(body as Held, query));
    if (method === "DELETE") return Promise.resolve(this.#remove());
    if (place === `${JOBS}/revdep`) this.#moment = this.held?.life.shift() ?? this.#moment;
    return this.#moment.down === true
      ? Promise.reject(new Error("no answer within 5 s"))
      : Promise.resolve(this.#read(place));
  }

  #read(place: string): ClusterAnswer {
    const { job, pod, log, event } = this.#moment;
    if (place.endsWith("/cronjobs/revdep") && place.includes(NAMESPACE)) return ok(CRON_JOB);
    if (place === `${JOBS}/revdep`) {
      return this.held === undefined ? missing : ok({ metadata: this.held.metadata, status: job ?? {} });
    }
    if (place === `${CORE}/pods`) {
      return ok({ items: pod === undefined ? [] : [{ metadata: { name: "revdep-x" }, status: pod }] });
    }
    if (place === `${CORE}/pods/revdep-x/log` && log !== undefined) return ok(log);
    if (place === `${CORE}/events`) return ok({ items: event === undefined ? [] : [{ message: event }] });
    return missing;
  }

  #make({ metadata }: Held, query: string): ClusterAnswer {
    if (query.includes("dryRun")) return { status: 201, body: { metadata } };
    if (this.held !== undefined) return { status: 409, body: { message: "jobs revdep already exists" } };
    this.#jobs += 1;
    this.held = { metadata: { ...metadata, uid: `job-${this.#jobs}` }, life: [...this.life] };
    return { status: 201, body: this.held };
  }

  #remove(): ClusterAnswer {
    this.held = undefined;
    return ok({});
  }
}
