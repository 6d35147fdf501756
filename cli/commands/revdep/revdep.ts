import { onError } from "../../../tools/process/colours";
import { parseImage } from "../../../stacks/settings";
import { setCommand } from "../../../stacks/settings/fixes";
import { clusterOf, imageSubject } from "../../images/subject";
import type { ProjectPaths } from "../../paths";
import { failure, progress } from "../../report";
import { imageUnderTest, testJob } from "../../revdep/job";
import { runTests, type TestRun, tryTests } from "../../revdep/run";

export interface RevdepOptions {
  /** What is tested; absent: what the instance's workers run. */
  readonly image?: string;
  /** An instance on the local control plane. */
  readonly local: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** Runs Packit's tests in a test instance. @returns the exit code: 0 when they passed. */
export async function revdep(paths: ProjectPaths, name: string, options: RevdepOptions): Promise<number> {
  const { image, dryRun, json } = options;
  const subject = imageSubject(paths, name, options.local);
  const { settings, stack, local } = subject;
  const { namespace, revdep: tests } = settings;
  if (stack.kind === "environment") {
    throw new Error(`${name} is an environment, whose data the tests may change: name a test instance`);
  }
  if (!tests.enabled) {
    const fix = setCommand(stack, ["revdep", "enabled"], "true");
    throw new Error(`${name} keeps no tests ready: ${fix}, and deploy`);
  }
  if (image !== undefined && parseImage(image) === undefined) {
    throw new Error(`--image ${image} is no image with its registry and a tag or digest`);
  }
  const cluster = await clusterOf(subject);
  const job = await testJob(cluster, namespace, image);
  if (dryRun) {
    await tryTests(cluster, job);
    console.log(
      json
        ? JSON.stringify(job, undefined, 2)
        : `would test ${imageUnderTest(job)} with ${tests.image} in ${namespace}`,
    );
    return 0;
  }
  const end = await runTests(cluster, job, { onProgress: progress });
  if (local) progress("the local control plane runs no images, so this says nothing of the tests");
  if (json)
    console.log(JSON.stringify({ stack: name, tests: tests.image, pretended: local, ...end }, undefined, 2));
  else report(end);
  return end.succeeded ? 0 : 1;
}

function report({ digest, image, log, namespace, job, reason, seconds, succeeded }: TestRun): void {
  const tested = digest === undefined || image.includes("@") ? image : `${image} (${digest})`;
  const took = seconds === undefined ? "" : ` after ${duration(seconds)}`;
  if (succeeded) {
    console.log(`passed${took}: Packit's tests against ${tested}`);
    return;
  }
  for (const line of log) console.error(line);
  failure(`failed${took}: Packit's tests against ${tested}: ${reason ?? ""}`);
  console.error(onError.dim(`all of the log: kubectl logs -n ${namespace} job/${job} --all-containers`));
}

/** For example `12 min 5 s`. */
function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = `${Math.round(seconds % 60)} s`;
  return minutes === 0 ? rest : `${minutes} min ${rest}`;
}
