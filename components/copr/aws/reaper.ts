import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { StackTag } from "../../../fleet/tag";
import type { Place } from "./policy";
import { reaperPolicy } from "./reaper-policy";
import { serviceTrust } from "./trust";

/** Minutes between two looks. A builder costs money by the second, and a run of this costs a second. */
const PERIOD_MINUTES = 15;

/** Seconds that a run may take: it waits until what it has ended is gone. */
const RUN_SECONDS = 300;

/** Days for which its log says what it did. */
const LOG_DAYS = 30;

/** What the watch over a stack's builders does. */
export interface ReaperSettings {
  /** `report` only says what it would do, and whether it may. */
  readonly mode: "report" | "terminate";
  /** Hours after which a builder goes, whatever it does. */
  readonly maxAgeHours: number;
  /** Most builders at a time; of more, the oldest go. */
  readonly maxInstances: number;
}

export interface ReaperArgs extends ReaperSettings {
  readonly place: Place;
  readonly tag: StackTag;
  /** An archive whose `index.js` is the bundle of `fleet/lambda.ts`. */
  readonly code: pulumi.asset.Archive;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Ends builders that are too old or too many, on schedule, from AWS itself: it works when the cluster with resalloc is
 * gone. A cost guard, whose limits are above what resalloc does by itself.
 */
export class Reaper extends pulumi.ComponentResource {
  /** Name of the function. */
  readonly functionName: pulumi.Output<string>;

  /** @param name - Name of everything it has, unique in the account: the log's name is the function's. */
  constructor(name: string, args: ReaperArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:Reaper", name, {}, opts);
    const { place, tag, tags } = args;
    const child = { parent: this };
    const log = new aws.cloudwatch.LogGroup(
      name,
      { name: `/aws/lambda/${name}`, retentionInDays: LOG_DAYS, tags },
      child,
    );
    const role = new aws.iam.Role(
      name,
      { assumeRolePolicy: JSON.stringify(serviceTrust("lambda.amazonaws.com")), tags },
      child,
    );
    const rights = new aws.iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: log.name.apply((group) => JSON.stringify(reaperPolicy(place, tag, group))),
      },
      child,
    );
    const reaper = new aws.lambda.Function(
      name,
      {
        name,
        description: "Ends builders of one Copr that are too old or too many",
        role: role.arn,
        runtime: "nodejs22.x",
        architectures: ["arm64"],
        handler: "index.handler",
        code: args.code,
        // The client of EC2 alone takes some 100 MiB; processor time comes with memory.
        memorySize: 512,
        timeout: RUN_SECONDS,
        environment: {
          variables: {
            STACK_TAG: tag.value,
            MAX_AGE_SECONDS: String(args.maxAgeHours * 3600),
            MAX_COUNT: String(args.maxInstances),
            DRY_RUN: String(args.mode === "report"),
          },
        },
        tags,
      },
      // AWS would make the log by itself otherwise, and that one would stay.
      { ...child, dependsOn: [log, rights] },
    );
    const rule = new aws.cloudwatch.EventRule(
      name,
      {
        description: "Looks after the builders of one Copr",
        scheduleExpression: `rate(${PERIOD_MINUTES} minutes)`,
        tags,
      },
      child,
    );
    const permission = new aws.lambda.Permission(
      name,
      {
        function: reaper.name,
        action: "lambda:InvokeFunction",
        principal: "events.amazonaws.com",
        sourceArn: rule.arn,
      },
      child,
    );
    new aws.cloudwatch.EventTarget(
      name,
      { rule: rule.name, arn: reaper.arn },
      { ...child, dependsOn: permission },
    );
    this.functionName = reaper.name;
    this.registerOutputs({ functionName: this.functionName });
  }
}
