import { textOf } from "../../../frame/values";
import { ifThere } from "../../api/error";
import { given, type Kind } from "../../kind";
import { iamTags, tagIam, tagsOf } from "./common";

/** What gives an instance the rights of a role. */
export const instanceProfile: Kind = {
  global: true,
  fields: {
    name: { type: "string" },
    namePrefix: { type: "string" },
    path: { type: "string", default: "/" },
    role: { type: "string", inPlace: true },
  },
  outputs: ["arn", "createDate", "uniqueId"],
  named: { field: "name", prefix: "namePrefix" },
  tag: tagIam("InstanceProfile", "InstanceProfileName"),
  create: async (api, inputs) => {
    const InstanceProfileName = textOf(inputs.name);
    const Tags = iamTags(inputs.tagsAll);
    await api.iam("CreateInstanceProfile", { InstanceProfileName, Path: given(inputs.path), Tags });
    const RoleName = given(inputs.role);
    if (RoleName !== undefined) await api.iam("AddRoleToInstanceProfile", { InstanceProfileName, RoleName });
    return { id: InstanceProfileName };
  },
  read: async (api, id) => {
    const answer = await ifThere(() => api.iam("GetInstanceProfile", { InstanceProfileName: id }));
    const found = answer?.at("GetInstanceProfileResult", "InstanceProfile");
    if (found === undefined) return undefined;
    const role = found.text("Roles", "member", "RoleName");
    return {
      name: id,
      arn: found.text("Arn"),
      path: found.text("Path"),
      ...(role === "" ? {} : { role }),
      createDate: found.text("CreateDate"),
      uniqueId: found.text("InstanceProfileId"),
      tagsAll: tagsOf(found),
    };
  },
  update: async (api, id, olds, news) => {
    const [before, after] = [given(olds.role), given(news.role)];
    const InstanceProfileName = id;
    if (before !== undefined && before !== after) {
      await api.iam("RemoveRoleFromInstanceProfile", { InstanceProfileName, RoleName: before });
    }
    if (after !== undefined && before !== after) {
      await api.iam("AddRoleToInstanceProfile", { InstanceProfileName, RoleName: after });
    }
  },
  remove: async (api, id, state) => {
    const RoleName = given(state.role);
    if (RoleName !== undefined) {
      await ifThere(() => api.iam("RemoveRoleFromInstanceProfile", { InstanceProfileName: id, RoleName }));
    }
    await api.iam("DeleteInstanceProfile", { InstanceProfileName: id });
  },
};
