import { among } from "../../../frame/fields";
import { type PlainProperties, textOf } from "../../../frame/values";
import type { Api } from "../../api/client";
import { ifThere } from "../../api/error";
import { given, type Kind } from "../../kind";
import { iamTags, tagIam, tagsOf } from "./common";

/** Somebody, or a program, with keys of their own. */
export const user: Kind = {
  global: true,
  fields: {
    name: { type: "string" },
    path: { type: "string", default: "/" },
    permissionsBoundary: { type: "string" },
    forceDestroy: { type: "boolean", default: false, inPlace: true },
  },
  outputs: ["arn", "uniqueId"],
  named: { field: "name" },
  tag: tagIam("User", "UserName"),
  create: async (api, inputs) => {
    const name = textOf(inputs.name);
    await api.iam("CreateUser", {
      UserName: name,
      Path: given(inputs.path),
      PermissionsBoundary: given(inputs.permissionsBoundary),
      Tags: iamTags(inputs.tagsAll),
    });
    return { id: name };
  },
  read: async (api, id) => {
    const found = (await ifThere(() => api.iam("GetUser", { UserName: id })))?.at("GetUserResult", "User");
    if (found === undefined) return undefined;
    return {
      name: id,
      arn: found.text("Arn"),
      path: found.text("Path"),
      uniqueId: found.text("UserId"),
      tagsAll: tagsOf(found),
    };
  },
  remove: async (api, id, state) => {
    if (state.forceDestroy === true) {
      for (const AccessKeyId of (await keysOf(api, id)).map((key) => key.AccessKeyId)) {
        await api.iam("DeleteAccessKey", { UserName: id, AccessKeyId });
      }
    }
    await api.iam("DeleteUser", { UserName: id });
  },
};

/** A key by which a user's programs sign; its secret is shown when it is made, never again. */
export const accessKey: Kind = {
  global: true,
  fields: {
    user: { type: "string", required: true },
    status: { type: "string", default: "Active", inPlace: true, wrong: among(["Active", "Inactive"]) },
  },
  outputs: ["createDate", "secret"],
  secrets: ["secret"],
  create: async (api, inputs) => {
    const UserName = textOf(inputs.user);
    const made = (await api.iam("CreateAccessKey", { UserName })).at("CreateAccessKeyResult", "AccessKey");
    const id = made?.text("AccessKeyId") ?? "";
    if (inputs.status === "Inactive") await setStatus(api, id, inputs);
    return { id, outputs: { secret: made?.text("SecretAccessKey") ?? "" } };
  },
  read: async (api, id, state) => {
    const keys = await ifThere(() => keysOf(api, textOf(state.user)));
    const key = keys?.find(({ AccessKeyId }) => AccessKeyId === id);
    return key === undefined
      ? undefined
      : { user: key.UserName, status: key.Status, createDate: key.CreateDate };
  },
  update: (api, id, _olds, news) => setStatus(api, id, news),
  remove: async (api, id, state) => {
    await api.iam("DeleteAccessKey", { UserName: textOf(state.user), AccessKeyId: id });
  },
};

async function setStatus(api: Api, id: string, inputs: PlainProperties): Promise<void> {
  const Status = textOf(inputs.status);
  await api.iam("UpdateAccessKey", { UserName: textOf(inputs.user), AccessKeyId: id, Status });
}

interface AccessKey {
  readonly AccessKeyId: string;
  readonly UserName: string;
  readonly Status: string;
  readonly CreateDate: string;
}

async function keysOf(api: Api, UserName: string): Promise<AccessKey[]> {
  const found = await api.iam("ListAccessKeys", { UserName });
  return found.list("ListAccessKeysResult", "AccessKeyMetadata").map((key) => ({
    AccessKeyId: key.text("AccessKeyId"),
    UserName: key.text("UserName"),
    Status: key.text("Status"),
    CreateDate: key.text("CreateDate"),
  }));
}
