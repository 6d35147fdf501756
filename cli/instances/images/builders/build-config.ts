import { containerfileOf } from "../containerfile";
import { type BaseImage, type BuildStep, requiredBase } from "../model";
import { buildLabelOf, buildLabels, deadlineOf } from "./job-manifest";
import type { BuilderSettings } from "./settings";

/**
 * How OpenShift builds a step. Its builder gets the code's commit itself, by a fetch where a clone does not have it:
 * what a pull request is called could have moved on meanwhile.
 */
export function buildConfig(step: BuildStep, base: BaseImage | undefined, settings: BuilderSettings) {
  const { cpu, memory, disk, namespace } = settings;
  return {
    apiVersion: "build.openshift.io/v1",
    kind: "BuildConfig",
    metadata: { name: buildLabelOf(step), namespace, labels: buildLabels(step) },
    spec: {
      runPolicy: "Serial",
      successfulBuildsHistoryLimit: 1,
      failedBuildsHistoryLimit: 2,
      completionDeadlineSeconds: deadlineOf(settings),
      resources: {
        limits: { cpu, memory, "ephemeral-storage": disk },
        requests: { cpu: "500m", memory: "1Gi" },
      },
      ...inputsOf(step, base),
      output: outputOf(step, settings),
      // It is started by command only.
      triggers: [],
    },
  };
}

/** The stream that a step's image goes into, where the cluster keeps it. */
export function imageStream(step: BuildStep, namespace: string) {
  return {
    apiVersion: "image.openshift.io/v1",
    kind: "ImageStream",
    metadata: { name: step.name, namespace, labels: { "app.kubernetes.io/part-of": "packit" } },
    spec: { lookupPolicy: { local: false } },
  };
}

function inputsOf(step: BuildStep, base: BaseImage | undefined) {
  if (step.kind === "layer") {
    return {
      source: { type: "Dockerfile", dockerfile: containerfileOf(step.packages, requiredBase(base)) },
      strategy: { type: "Docker", dockerStrategy: {} },
    };
  }
  const buildArgs = Object.entries(step.buildArgs).map(([name, value]) => ({ name, value }));
  return {
    source: { type: "Git", git: { uri: step.source.url, ref: step.source.commit } },
    strategy: { type: "Docker", dockerStrategy: { dockerfilePath: step.dockerfile, buildArgs } },
  };
}

function outputOf({ name, tag }: BuildStep, { registry, pushSecret }: BuilderSettings) {
  if (registry === undefined) return { to: { kind: "ImageStreamTag", name: `${name}:${tag}` } };
  return {
    to: { kind: "DockerImage", name: `${registry}/${name}:${tag}` },
    ...(pushSecret !== undefined && { pushSecret: { name: pushSecret } }),
  };
}
