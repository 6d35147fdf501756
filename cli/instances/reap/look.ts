import * as z from "zod";

import { referencesIn, referenceTo } from "../../../stacks/settings/references";
import type { Cluster } from "../../cluster";
import type { Control } from "../leases/api";
import {
  type Candidate,
  candidates,
  type Judged,
  type NamespaceFacts,
  type PullState,
  testInstance,
} from "./candidate";

const namespaces = z.object({
  items: z.array(
    z.object({
      metadata: z.object({
        name: z.string(),
        labels: z.record(z.string(), z.string()).default({}),
        annotations: z.record(z.string(), z.string()).default({}),
        creationTimestamp: z.string(),
      }),
    }),
  ),
});

/** Every test instance of a cluster, and the cluster's clock. */
export interface Sight {
  readonly instances: readonly Judged[];
  /** In milliseconds since 1970. */
  readonly now: number;
}

/** Asks how one pull request fares, such as `packit-service` and 614. */
export type AskPull = (repository: string, number: number) => Promise<PullState>;

/**
 * Looks at every test instance of a cluster: what its lease says, its namespaces, and how its pull requests fare.
 *
 * @throws Error when the cluster does not answer.
 */
export async function lookAt(cluster: Cluster, control: Control, askPull: AskPull): Promise<Sight> {
  const [known, own] = await Promise.all([control.known(), namespacesOf(cluster)]);
  const all = candidates(known.instances, own);
  const pullState = askedOnce(askPull);
  const withPulls = all.map(async (candidate) => ({
    ...candidate,
    pulls: await pullsOf(candidate, pullState),
  }));
  return { instances: await Promise.all(withPulls), now: known.now };
}

/** The namespaces that carry this project's label, in one request. */
export async function namespacesOf(cluster: Cluster): Promise<readonly NamespaceFacts[]> {
  const path = "/api/v1/namespaces?labelSelector=app.kubernetes.io%2Fpart-of%3Dpackit";
  const { status, body } = await cluster.ask("GET", path);
  if (status !== 200)
    throw new Error(`the namespaces of ${cluster.server} cannot be listed (HTTP ${status})`);
  return namespaces.parse(body).items.map(({ metadata }) => ({
    name: metadata.name,
    labels: metadata.labels,
    annotations: metadata.annotations,
    createdAt: Date.parse(metadata.creationTimestamp),
  }));
}

/** How what an instance runs fares: by its record, or by its name when plain `pulumi up` has made it. */
function pullsOf({ name, record }: Candidate, pullState: AskPull): Promise<readonly PullState[]> {
  const references =
    record === undefined
      ? (testInstance(name)?.pulls ?? []).map(referenceTo)
      : referencesIn(record.references);
  return Promise.all(
    references.map(({ repository, ref }) =>
      // What is no pull request never ends.
      ref.kind === "pull" ? pullState(repository, ref.number) : Promise.resolve<PullState>("open"),
    ),
  );
}

/** Asks for each pull request once; one that nobody answers for is unknown. */
function askedOnce(askPull: AskPull): AskPull {
  const asked = new Map<string, Promise<PullState>>();
  return (repository, number) => {
    const key = `${repository}#${number}`;
    const answer = asked.get(key) ?? askPull(repository, number).catch((): PullState => "unknown");
    asked.set(key, answer);
    return answer;
  };
}
