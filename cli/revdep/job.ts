import { createHash } from "node:crypto";

import { CODE_CONTAINER } from "../../components/packit/test-containers";
import { REVDEP } from "../../stacks/parts/names";
import type { Cluster } from "../cluster";
import { type ManualJob, manualJob } from "../manual-job";

/** Annotation that says what a Job runs, by which an earlier run is known for the same. */
export const RUNS_ANNOTATION = "packit.dev/runs";

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

/** One run of the tests. */
export type TestJob = ManualJob<JobSpec>;

/**
 * The Job that runs the tests, as the stack keeps it ready.
 *
 * @param image - What is tested. @default what the instance's workers run
 * @throws Error when the stack keeps none ready.
 */
export async function testJob(cluster: Cluster, namespace: string, image?: string): Promise<TestJob> {
  const ready = await manualJob<JobSpec>(cluster, {
    namespace,
    cronJob: REVDEP,
    // The same each time, so that no two runs use the same database.
    name: REVDEP,
    missing: `there is no ${REVDEP} in ${namespace} yet: deploy the stack first`,
  });
  const { metadata } = ready;
  const spec = withImage(ready.spec, image);
  const runs = createHash("sha256").update(JSON.stringify(spec)).digest("hex");
  return {
    ...ready,
    metadata: { ...metadata, annotations: { ...metadata.annotations, [RUNS_ANNOTATION]: runs } },
    spec,
  };
}

/** The image whose code a Job tests. */
export function imageUnderTest({ spec }: TestJob): string {
  return spec.template.spec.initContainers?.find(({ name }) => name === CODE_CONTAINER)?.image ?? "";
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
