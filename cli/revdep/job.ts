import { createHash } from "node:crypto";

import { CODE_CONTAINER } from "../../components/packit/test-containers";
import { REVDEP } from "../../stacks/parts/names";
import type { Cluster } from "../cluster";
import { accepted } from "./answer";

/** Annotation that says what a Job runs, by which an earlier run is known for the same. */
export const RUNS_ANNOTATION = "packit.dev/runs";

/** How long a Job stays after its end, with its log, in seconds. The next run removes it, too. */
const KEPT_SECONDS = 7 * 86_400;

interface Container {
  readonly name: string;
  readonly image: string;
}

interface JobSpec {
  readonly template: {
    readonly spec: {
      readonly containers: readonly Container[];
      readonly initContainers?: readonly Container[];
    };
  };
}

interface CronJob {
  readonly metadata: { readonly uid: string };
  readonly spec: {
    readonly jobTemplate: {
      readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec: JobSpec;
    };
  };
}

/** One run of the tests. */
export interface TestJob {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: JobSpec;
}

/**
 * The Job that runs the tests, as the stack keeps it ready.
 *
 * @param image - What is tested. @default what the instance's workers run
 * @throws Error when the stack keeps none ready.
 */
export async function testJob(cluster: Cluster, namespace: string, image?: string): Promise<TestJob> {
  const answer = await cluster.ask("GET", `/apis/batch/v1/namespaces/${namespace}/cronjobs/${REVDEP}`);
  if (answer.status === 404)
    throw new Error(`there is no ${REVDEP} in ${namespace} yet: deploy the stack first`);
  const { metadata, spec } = accepted(answer) as CronJob;
  const job = withImage(spec.jobTemplate.spec, image);
  const made = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      // The same each time, so that no two runs use the same database.
      name: REVDEP,
      namespace,
      labels: { ...spec.jobTemplate.metadata?.labels },
      annotations: {
        "cronjob.kubernetes.io/instantiate": "manual",
        [RUNS_ANNOTATION]: createHash("sha256").update(JSON.stringify(job)).digest("hex"),
      },
      ownerReferences: [{ apiVersion: "batch/v1", kind: "CronJob", name: REVDEP, uid: metadata.uid }],
    },
    spec: { ...job, ttlSecondsAfterFinished: KEPT_SECONDS },
  };
  return made;
}

/** The image whose code a Job tests. */
export function imageUnderTest({ spec }: TestJob): string {
  return spec.template.spec.initContainers?.find(({ name }) => name === CODE_CONTAINER)?.image ?? "";
}

/** Where the Jobs of a namespace are. */
export function jobsPath({ metadata }: TestJob): string {
  return `/apis/batch/v1/namespaces/${metadata.namespace}/jobs`;
}

function withImage(job: JobSpec, image: string | undefined): JobSpec {
  if (image === undefined) return job;
  const { template } = job;
  const initContainers = template.spec.initContainers?.map((container) =>
    container.name === CODE_CONTAINER ? { ...container, image } : container,
  );
  return {
    ...job,
    template: { ...template, spec: { ...template.spec, ...(initContainers && { initContainers }) } },
  };
}
