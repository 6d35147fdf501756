import { among } from "../../frame/fields";
import { isProperties, type PlainProperties, textOf } from "../../frame/values";
import type { Json } from "../api";
import type { Kind } from "../kind";

function configOf(inputs: PlainProperties): Json {
  const given = isProperties(inputs.configuration) ? inputs.configuration : {};
  return {
    url: given.url,
    content_type: given.contentType ?? "form",
    insecure_ssl: given.insecureSsl === true ? "1" : "0",
    ...(textOf(given.secret) !== "" && { secret: given.secret }),
  };
}

function bodyOf(inputs: PlainProperties): Json {
  return { active: inputs.active ?? true, events: inputs.events, config: configOf(inputs) };
}

/** What GitHub calls when something happens in a repository. */
export const webhook: Kind = {
  fields: {
    repository: { type: "string", required: true },
    events: { type: "strings", required: true, inPlace: true },
    active: { type: "boolean", default: true, inPlace: true },
    configuration: {
      type: "object",
      required: true,
      inPlace: true,
      fields: {
        url: { type: "string", required: true },
        contentType: { type: "string", wrong: among(["json", "form"]) },
        insecureSsl: { type: "boolean" },
        secret: { type: "string" },
      },
    },
  },
  outputs: ["url"],
  secrets: [],
  create: async (api, inputs) => {
    const path = api.repo(textOf(inputs.repository), "hooks");
    return String((await api.call("POST", path, { name: "web", ...bodyOf(inputs) })).id);
  },
  read: async (api, id, state) => {
    const found = await api.call("GET", api.repo(textOf(state.repository), "hooks", id));
    const config = found.config as Json;
    const before = isProperties(state.configuration) ? state.configuration : {};
    return {
      repository: textOf(state.repository),
      events: found.events as string[],
      active: found.active as boolean,
      // The secret is shown to nobody, so it is taken to be the last that was written.
      configuration: {
        ...before,
        url: config.url as string,
        ...(before.contentType !== undefined && { contentType: config.content_type as string }),
        ...(before.insecureSsl !== undefined && { insecureSsl: config.insecure_ssl === "1" }),
      },
      url: found.url as string,
    };
  },
  update: async (api, id, inputs) => {
    await api.call("PATCH", api.repo(textOf(inputs.repository), "hooks", id), bodyOf(inputs));
  },
  remove: async (api, id, state) => {
    await api.call("DELETE", api.repo(textOf(state.repository), "hooks", id));
  },
};
