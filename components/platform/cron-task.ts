import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { triggerAnnotation } from "./image";
import { objectLabels } from "./site";
import { jobSpec, taskIdentity, type TaskArgs } from "./task";

/** Runs that are kept, with their logs, until newer ones push them out. */
const KEPT_SUCCESSES = 1;
const KEPT_FAILURES = 3;

/** Stands where there has to be a schedule, and counts for nothing while that is suspended. */
const NEVER_MIND = "0 0 1 1 *";

/** A run that could not start for this long, in seconds, is left out: the next one is due soon enough. */
const START_WITHIN_SECONDS = 1800;

export interface CronTaskArgs extends TaskArgs {
  /** When it runs, in cron's five fields and UTC, for example `0 2 * * 2`. @default when somebody starts it */
  readonly schedule?: string;
}

/**
 * Something that runs at fixed times or by hand, never twice at once, with an account of its own and closed to all
 * connections. A run that failed or took too long is a failed Job. `kubectl create job --from=cronjob/<name>` runs it now.
 */
export class CronTask extends pulumi.ComponentResource {
  /** Name of the service account, to give it rights. */
  readonly serviceAccount: pulumi.Output<string>;

  /** @param component - Name of all objects and value of the label `component`; 52 characters at most. */
  constructor(component: string, args: CronTaskArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:platform:CronTask", component, {}, opts);
    const { site, image } = args;
    const child = { parent: this };
    const { serviceAccount, before } = taskIdentity(component, args, child);
    this.serviceAccount = serviceAccount;
    const labels = objectLabels(site, component);
    new k8s.batch.v1.CronJob(
      component,
      {
        metadata: {
          name: component,
          namespace: site.namespace,
          labels,
          annotations: triggerAnnotation(image, component, "spec.jobTemplate.spec.template"),
        },
        spec: {
          schedule: args.schedule ?? NEVER_MIND,
          ...(args.schedule === undefined && { suspend: true }),
          // Without, it would be the controller's own, which differs from cluster to cluster.
          timeZone: "Etc/UTC",
          concurrencyPolicy: "Forbid",
          startingDeadlineSeconds: START_WITHIN_SECONDS,
          successfulJobsHistoryLimit: KEPT_SUCCESSES,
          failedJobsHistoryLimit: KEPT_FAILURES,
          jobTemplate: { metadata: { labels }, spec: jobSpec(component, args, serviceAccount) },
        },
      },
      {
        ...child,
        dependsOn: [...before],
        ...(image.trigger !== undefined && {
          ignoreChanges: ["spec.jobTemplate.spec.template.spec.containers[0].image"],
        }),
      },
    );
    this.registerOutputs({ serviceAccount });
  }
}
