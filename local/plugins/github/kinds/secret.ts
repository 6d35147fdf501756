import { type PlainProperties, textOf } from "../../frame/values";
import type { Api } from "../api";
import type { Kind } from "../kind";
import { partsOf } from "./label";

/** Seals the value with the repository's key, so that nobody but GitHub can open it, and writes it. */
async function write(api: Api, inputs: PlainProperties): Promise<void> {
  const repository = textOf(inputs.repository);
  const { key, key_id } = await api.call("GET", api.repo(repository, "actions", "secrets", "public-key"));
  const { default: sodium } = await import("libsodium-wrappers");
  await sodium.ready;
  const value = textOf(inputs.value) || textOf(inputs.plaintextValue);
  const sealed = sodium.crypto_box_seal(value, Buffer.from(String(key), "base64"));
  const encrypted_value = Buffer.from(sealed).toString("base64");
  const path = api.repo(repository, "actions", "secrets", textOf(inputs.secretName));
  await api.call("PUT", path, { encrypted_value, key_id });
}

/** A secret for a repository's workflows; its id is `<repository>:<name>`. */
export const secret: Kind = {
  fields: {
    repository: { type: "string", required: true },
    secretName: { type: "string", required: true },
    value: { type: "string", inPlace: true },
    plaintextValue: { type: "string", inPlace: true },
  },
  outputs: ["createdAt", "updatedAt"],
  secrets: ["value", "plaintextValue"],
  conflicts: ({ value, plaintextValue }) =>
    (value === undefined) === (plaintextValue === undefined)
      ? "one of value and plaintextValue is needed"
      : undefined,
  create: async (api, inputs) => {
    await write(api, inputs);
    return `${textOf(inputs.repository)}:${textOf(inputs.secretName)}`;
  },
  read: async (api, id, state) => {
    const [repository, secretName] = partsOf(id);
    const found = await api.call("GET", api.repo(repository, "actions", "secrets", secretName));
    const dates = { createdAt: found.created_at as string, updatedAt: found.updated_at as string };
    return { ...state, repository, secretName, ...dates };
  },
  update: (api, _id, inputs) => write(api, inputs),
  remove: async (api, id) => {
    const [repository, name] = partsOf(id);
    await api.call("DELETE", api.repo(repository, "actions", "secrets", name));
  },
};
