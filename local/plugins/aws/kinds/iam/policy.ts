import { textOf } from "../../../frame/values";
import type { Api } from "../../api/client";
import { ifThere } from "../../api/error";
import { sameJson } from "../../change";
import { given, type Kind } from "../../kind";
import { iamTags, isPolicy, policyText, tagIam, tagsOf } from "./common";

/** How many versions of a policy AWS keeps. */
const versionsKept = 5;

/** Rights under a name of their own, which roles are given. */
export const policy: Kind = {
  global: true,
  fields: {
    name: { type: "string" },
    namePrefix: { type: "string" },
    description: { type: "string" },
    path: { type: "string", default: "/" },
    policy: { type: "string", required: true, inPlace: true, wrong: isPolicy },
  },
  outputs: ["arn", "attachmentCount", "policyId"],
  named: { field: "name", prefix: "namePrefix" },
  tag: tagIam("Policy", "PolicyArn"),
  same: { policy: sameJson },
  create: async (api, inputs) => {
    const made = await api.iam("CreatePolicy", {
      PolicyName: textOf(inputs.name),
      PolicyDocument: textOf(inputs.policy),
      Description: given(inputs.description),
      Path: given(inputs.path),
      Tags: iamTags(inputs.tagsAll),
    });
    return { id: made.text("CreatePolicyResult", "Policy", "Arn") };
  },
  read: async (api, id) => {
    const found = (await ifThere(() => api.iam("GetPolicy", { PolicyArn: id })))?.at(
      "GetPolicyResult",
      "Policy",
    );
    if (found === undefined) return undefined;
    const VersionId = found.text("DefaultVersionId");
    const version = await api.iam("GetPolicyVersion", { PolicyArn: id, VersionId });
    const description = found.text("Description");
    return {
      name: found.text("PolicyName"),
      arn: id,
      attachmentCount: Number(found.text("AttachmentCount")),
      ...(description === "" ? {} : { description }),
      path: found.text("Path"),
      policy: policyText(version.text("GetPolicyVersionResult", "PolicyVersion", "Document")),
      policyId: found.text("PolicyId"),
      tagsAll: tagsOf(found),
    };
  },
  update: async (api, id, olds, news) => {
    if (sameJson(olds.policy ?? "", news.policy ?? "")) return;
    const others = await oldVersions(api, id);
    const oldest = others.at(-1);
    if (others.length >= versionsKept - 1 && oldest !== undefined) {
      await api.iam("DeletePolicyVersion", { PolicyArn: id, VersionId: oldest });
    }
    const document = { PolicyDocument: textOf(news.policy), SetAsDefault: true };
    await api.iam("CreatePolicyVersion", { PolicyArn: id, ...document });
  },
  remove: async (api, id) => {
    for (const VersionId of await oldVersions(api, id)) {
      await api.iam("DeletePolicyVersion", { PolicyArn: id, VersionId });
    }
    await api.iam("DeletePolicy", { PolicyArn: id });
  },
};

/** The versions that do not count any more, the newest first. */
async function oldVersions(api: Api, id: string): Promise<string[]> {
  const found = await api.iam("ListPolicyVersions", { PolicyArn: id });
  return found
    .list("ListPolicyVersionsResult", "Versions")
    .filter((version) => version.text("IsDefaultVersion") !== "true")
    .map((version) => version.text("VersionId"))
    .sort((a, b) => Number(b.slice(1)) - Number(a.slice(1)));
}
