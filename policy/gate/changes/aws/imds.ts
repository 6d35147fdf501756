import { EVERYWHERE } from "../../../where";
import { each, type UnsafeChange } from "../../unsafe-change";
import { at, isUnknown, shown } from "../../values";

/** A machine hands out its credentials to whoever can make it fetch an address. */
export const metadataOpen: UnsafeChange = {
  id: "aws/imds",
  title: "Machines answer for their credentials only to IMDSv2",
  why: "with IMDSv1 one request that a build can provoke hands out the machine's role",
  instead: 'set metadataOptions.httpTokens to "required"',
  where: EVERYWHERE,
  find: each(function* (change) {
    const { before, after, type } = change;
    if (!MACHINES.has(type) || after === undefined) return;
    const [from, to] = [at(before?.inputs, ...TOKENS), at(after.inputs, ...TOKENS)];
    if (to === "required" || at(after.inputs, "metadataOptions", "httpEndpoint") === "disabled") return;
    if (before !== undefined && from !== "required") return;
    if (isUnknown(to)) yield { says: "whether it demands IMDSv2 is not known yet", undecided: true };
    else yield { says: "it answers to IMDSv1", from: shown(from), to: shown(to ?? "optional") };
  }),
};

const TOKENS = ["metadataOptions", "httpTokens"] as const;
const MACHINES = new Set([
  "aws:ec2/instance:Instance",
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/launchConfiguration:LaunchConfiguration",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
]);
