import { whole } from "../../../frame/fields";
import { textOf } from "../../../frame/values";
import { ifThere } from "../../api/error";
import { sameJson } from "../../change";
import { given, type Kind } from "../../kind";
import { iamTags, isPolicy, policyText, tagIam, tagsOf } from "./common";

/** Rights that somebody trusted takes on for a time. */
export const role: Kind = {
  global: true,
  fields: {
    name: { type: "string" },
    namePrefix: { type: "string" },
    assumeRolePolicy: { type: "string", required: true, inPlace: true, wrong: isPolicy },
    description: { type: "string", inPlace: true },
    forceDetachPolicies: { type: "boolean", default: false, inPlace: true },
    // One hour to twelve, AWS's own limits.
    maxSessionDuration: { type: "number", default: 3600, inPlace: true, wrong: whole(3600, 43_200) },
    path: { type: "string", default: "/" },
    permissionsBoundary: { type: "string", inPlace: true },
  },
  outputs: ["arn", "createDate", "uniqueId"],
  named: { field: "name", prefix: "namePrefix" },
  tag: tagIam("Role", "RoleName"),
  same: { assumeRolePolicy: sameJson },
  create: async (api, inputs) => {
    const name = textOf(inputs.name);
    await api.iam("CreateRole", {
      RoleName: name,
      AssumeRolePolicyDocument: textOf(inputs.assumeRolePolicy),
      Description: given(inputs.description),
      MaxSessionDuration: Number(inputs.maxSessionDuration),
      Path: given(inputs.path),
      PermissionsBoundary: given(inputs.permissionsBoundary),
      Tags: iamTags(inputs.tagsAll),
    });
    return { id: name };
  },
  read: async (api, id) => {
    const found = (await ifThere(() => api.iam("GetRole", { RoleName: id })))?.at("GetRoleResult", "Role");
    if (found === undefined) return undefined;
    const description = found.text("Description");
    const boundary = found.text("PermissionsBoundary", "PermissionsBoundaryArn");
    return {
      name: id,
      arn: found.text("Arn"),
      assumeRolePolicy: policyText(found.text("AssumeRolePolicyDocument")),
      ...(description === "" ? {} : { description }),
      maxSessionDuration: Number(found.text("MaxSessionDuration")),
      path: found.text("Path"),
      ...(boundary === "" ? {} : { permissionsBoundary: boundary }),
      createDate: found.text("CreateDate"),
      uniqueId: found.text("RoleId"),
      tagsAll: tagsOf(found),
    };
  },
  update: async (api, id, olds, news) => {
    const RoleName = id;
    if (!sameJson(olds.assumeRolePolicy ?? "", news.assumeRolePolicy ?? "")) {
      await api.iam("UpdateAssumeRolePolicy", { RoleName, PolicyDocument: textOf(news.assumeRolePolicy) });
    }
    await api.iam("UpdateRole", {
      RoleName,
      Description: textOf(news.description),
      MaxSessionDuration: Number(news.maxSessionDuration),
    });
    const boundary = given(news.permissionsBoundary);
    if (boundary !== undefined) {
      await api.iam("PutRolePermissionsBoundary", { RoleName, PermissionsBoundary: boundary });
    } else if (given(olds.permissionsBoundary) !== undefined) {
      await api.iam("DeleteRolePermissionsBoundary", { RoleName });
    }
  },
  remove: async (api, id, state) => {
    const RoleName = id;
    if (state.forceDetachPolicies === true) {
      const attached = await api.iam("ListAttachedRolePolicies", { RoleName });
      for (const policy of attached.list("ListAttachedRolePoliciesResult", "AttachedPolicies")) {
        await api.iam("DetachRolePolicy", { RoleName, PolicyArn: policy.text("PolicyArn") });
      }
      const inline = await api.iam("ListRolePolicies", { RoleName });
      for (const policy of inline.list("ListRolePoliciesResult", "PolicyNames")) {
        await api.iam("DeleteRolePolicy", { RoleName, PolicyName: policy.text() });
      }
    }
    await api.iam("DeleteRole", { RoleName });
  },
};
