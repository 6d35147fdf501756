import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { admitOnly, type Reach } from "./access";
import type { ContainerArgs } from "./container";
import { podTemplate, type PodTraits } from "./pod";
import { DEFAULT_GRACE_SECONDS } from "./rollout";
import { objectLabels, type Site } from "./site";

/** Something that runs to its end. */
export interface TaskArgs extends Omit<ContainerArgs, "probes" | "ports" | "preStop">, PodTraits {
  readonly site: Site;
  /** Seconds after which a run has failed, all its tries together. */
  readonly deadlineSeconds: number;
  /** How often a failed run is tried again, each time in a new pod. @default 0 */
  readonly retries?: number;
  /** Whether the pods call the API server and so get a token. @default false */
  readonly callsApi?: boolean;
  /** Whom the pods may connect to, apart from resolving names; "nothing": nobody at all. @default everybody */
  readonly reaches?: readonly Reach[] | "nothing";
  /** Name of a StatefulSet's pod on whose node the pods must run. @default any node */
  readonly besidePod?: string;
}

/** What a task has beside its pods. */
export interface TaskIdentity {
  /** Name of the account. */
  readonly serviceAccount: pulumi.Output<string>;
  /** What must be there before the pods. */
  readonly before: readonly pulumi.Resource[];
}

/** A task's own account, and the NetworkPolicy that closes its pods: nobody connects to a task. */
export function taskIdentity(
  component: string,
  { site, reaches }: TaskArgs,
  opts: pulumi.CustomResourceOptions,
): TaskIdentity {
  const account = new k8s.core.v1.ServiceAccount(
    component,
    {
      metadata: { name: component, namespace: site.namespace, labels: objectLabels(site, component) },
      automountServiceAccountToken: false,
    },
    opts,
  );
  return {
    serviceAccount: account.metadata.name,
    before: [admitOnly(component, site, [], opts, reaches)],
  };
}

/** The Job that one run of a task is. A failed pod stays until the Job goes, so that its log can be read. */
export function jobSpec(
  component: string,
  args: TaskArgs,
  serviceAccount: pulumi.Input<string>,
): k8s.types.input.batch.v1.JobSpec {
  return {
    activeDeadlineSeconds: args.deadlineSeconds,
    backoffLimit: args.retries ?? 0,
    template: podTemplate(component, {
      ...args,
      serviceAccount,
      callsApi: args.callsApi ?? false,
      graceSeconds: DEFAULT_GRACE_SECONDS,
      spread: false,
      restartPolicy: "Never",
    }),
  };
}

/**
 * Runs a task once, and again whenever it has changed. What comes after it waits until it is done.
 *
 * @param after - What must be there before its pods.
 */
export function runOnce(
  component: string,
  task: TaskArgs,
  after: readonly pulumi.Resource[],
  opts: pulumi.CustomResourceOptions,
): k8s.batch.v1.Job {
  const { site, deadlineSeconds } = task;
  const { serviceAccount, before } = taskIdentity(component, task, opts);
  return new k8s.batch.v1.Job(
    component,
    {
      metadata: { name: component, namespace: site.namespace, labels: objectLabels(site, component) },
      spec: jobSpec(component, task, serviceAccount),
    },
    {
      ...opts,
      dependsOn: [...before, ...after],
      // A Job cannot change, and two must not do the same work at once.
      deleteBeforeReplace: true,
      customTimeouts: { create: `${deadlineSeconds}s` },
    },
  );
}
