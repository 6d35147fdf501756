import type { StackTag } from "../../../fleet/tag";
import { terminate } from "./iam-policy";
import { policy, type Place, type PolicyDocument } from "./policy";

/**
 * What the reaper does in AWS and nothing else: it looks, terminates what has the stack's tag, and writes its log. It
 * cannot make a log of its own, which would stay behind.
 *
 * @param logGroup - Name of its log group.
 */
export function reaperPolicy(place: Place, tag: StackTag, logGroup: string): PolicyDocument {
  const { partition, region, account } = place;
  return policy(
    // It cannot be limited to certain resources.
    { Sid: "Look", Effect: "Allow", Action: ["ec2:DescribeInstances"], Resource: ["*"] },
    terminate(place, tag),
    {
      Sid: "Log",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: [`arn:${partition}:logs:${region}:${account}:log-group:${logGroup}:log-stream:*`],
    },
  );
}
