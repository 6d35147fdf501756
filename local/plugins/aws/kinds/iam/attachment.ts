import { textOf } from "../../../frame/values";
import { ifThere } from "../../api/error";
import type { Kind } from "../../kind";

/** That a role has the rights of a policy; the id is `<role>/<policy's ARN>`. */
export const rolePolicyAttachment: Kind = {
  global: true,
  fields: {
    role: { type: "string", required: true },
    policyArn: { type: "string", required: true },
  },
  outputs: [],
  create: async (api, { role, policyArn }) => {
    await api.iam("AttachRolePolicy", { RoleName: textOf(role), PolicyArn: textOf(policyArn) });
    return { id: `${textOf(role)}/${textOf(policyArn)}` };
  },
  read: async (api, id) => {
    const at = id.indexOf("/");
    const [role, policyArn] = [id.slice(0, at), id.slice(at + 1)];
    const found = await ifThere(() => api.iam("ListAttachedRolePolicies", { RoleName: role }));
    const attached = found?.list("ListAttachedRolePoliciesResult", "AttachedPolicies") ?? [];
    return attached.some((policy) => policy.text("PolicyArn") === policyArn)
      ? { role, policyArn }
      : undefined;
  },
  remove: async (api, _id, { role, policyArn }) => {
    await api.iam("DetachRolePolicy", { RoleName: textOf(role), PolicyArn: textOf(policyArn) });
  },
};
