import { textOf } from "../../frame/values";
import type { Kind } from "../kind";

/** A label of issues and pull requests; its id is `<repository>:<name>`. */
export const label: Kind = {
  fields: {
    repository: { type: "string", required: true },
    name: { type: "string" },
    color: {
      type: "string",
      required: true,
      inPlace: true,
      wrong: (value) =>
        /^[0-9a-fA-F]{6}$/.test(textOf(value)) ? undefined : "must be six hexadecimal digits",
    },
    description: { type: "string", inPlace: true },
  },
  outputs: ["url"],
  secrets: [],
  named: "name",
  create: async (api, inputs) => {
    const { name = "", color = "", description = "" } = inputs;
    const repository = textOf(inputs.repository);
    await api.call("POST", api.repo(repository, "labels"), { name, color, description });
    return `${repository}:${textOf(name)}`;
  },
  read: async (api, id, state) => {
    const [repository, name] = partsOf(id);
    const found = await api.call("GET", api.repo(repository, "labels", name));
    return {
      ...state,
      repository,
      name: found.name as string,
      color: found.color as string,
      ...(found.description !== "" && { description: found.description as string }),
      url: found.url as string,
    };
  },
  update: async (api, id, { color = "", description = "" }) => {
    const [repository, name] = partsOf(id);
    await api.call("PATCH", api.repo(repository, "labels", name), { color, description });
  },
  remove: async (api, id) => {
    const [repository, name] = partsOf(id);
    await api.call("DELETE", api.repo(repository, "labels", name));
  },
};

/** No repository's name has a colon. */
export function partsOf(id: string): readonly [repository: string, name: string] {
  const at = id.indexOf(":");
  return [id.slice(0, at), id.slice(at + 1)];
}
