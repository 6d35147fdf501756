import { millisecondsOf } from "../../../../stacks/settings/duration";
import { containerfileOf } from "../containerfile";
import { type BaseImage, type BuildStep, requiredBase } from "../model";
import { CONTAINERFILE_ANNOTATION, containersOf, volumesOf } from "./job-containers";
import type { BuilderSettings, PushingSettings } from "./settings";

/** Label by which the builds of one step find each other. */
export const BUILD_LABEL = "packit.dev/build";

/** User and group of all containers of a build. Buildah's image has it, with a range of further users below it. */
const USER = 1000;

/** Seconds that a Job may wait for a node, beyond its build's deadline. */
const PATIENCE_S = 600;

/** Seconds that a Job stays after its end, with its log. */
const KEPT_S = 86_400;

/** Value of {@link BUILD_LABEL}: 45 characters at most. */
export function buildLabelOf({ name, tag }: BuildStep): string {
  return `${name}-${tag}`;
}

/** Labels of everything that a build makes in a cluster. */
export function buildLabels(step: BuildStep): Readonly<Record<string, string>> {
  return {
    "app.kubernetes.io/part-of": "packit",
    "app.kubernetes.io/component": "image-build",
    [BUILD_LABEL]: buildLabelOf(step),
  };
}

/** Seconds that a build may take. */
export function deadlineOf({ deadline }: Pick<BuilderSettings, "deadline">): number {
  return Math.round((millisecondsOf(deadline) ?? 0) / 1000);
}

/**
 * The Job that builds a step as a user without rights: git fetches the code, buildah builds it, and then buildah pushes
 * it. Only the last container has the registry's password, and it runs nothing of what was built.
 *
 * @param attempt - Counts the Jobs of a step, from 1.
 */
export function jobManifest(
  step: BuildStep,
  base: BaseImage | undefined,
  attempt: number,
  settings: PushingSettings,
) {
  const labels = buildLabels(step);
  const { containers, initContainers } = containersOf(step, settings);
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name: `build-${buildLabelOf(step)}-${attempt}`,
      namespace: settings.namespace,
      labels,
    },
    spec: {
      // The second time would fail as the first.
      backoffLimit: 0,
      activeDeadlineSeconds: deadlineOf(settings) + PATIENCE_S,
      ttlSecondsAfterFinished: KEPT_S,
      template: {
        metadata: {
          labels,
          ...(step.kind === "layer" && {
            annotations: { [CONTAINERFILE_ANNOTATION]: containerfileOf(step.packages, requiredBase(base)) },
          }),
        },
        spec: {
          // The pod's own, so that it stays with its log; the Job's deadline deletes it.
          activeDeadlineSeconds: deadlineOf(settings),
          restartPolicy: "Never",
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: { runAsNonRoot: true, runAsUser: USER, runAsGroup: USER, fsGroup: USER },
          initContainers,
          containers,
          volumes: volumesOf(step, settings),
        },
      },
    },
  };
}

export type BuildJob = ReturnType<typeof jobManifest>;
