import { textOf } from "../../../frame/values";
import { ifThere } from "../../api/error";
import { sameJson } from "../../change";
import type { Kind } from "../../kind";
import { isPolicy, policyText } from "./common";

/** Rights that belong to one role or one user; the id is `<owner>:<name>`. */
export function inlinePolicy(noun: "Role" | "User"): Kind {
  const owner = noun.toLowerCase();
  const names = (id: string): Record<string, string> => {
    const at = id.indexOf(":");
    return { [`${noun}Name`]: id.slice(0, at), PolicyName: id.slice(at + 1) };
  };
  return {
    global: true,
    fields: {
      name: { type: "string" },
      namePrefix: { type: "string" },
      policy: { type: "string", required: true, inPlace: true, wrong: isPolicy },
      [owner]: { type: "string", required: true },
    },
    outputs: [],
    named: { field: "name", prefix: "namePrefix" },
    same: { policy: sameJson },
    create: async (api, inputs) => {
      const id = `${textOf(inputs[owner])}:${textOf(inputs.name)}`;
      await api.iam(`Put${noun}Policy`, { ...names(id), PolicyDocument: textOf(inputs.policy) });
      return { id };
    },
    read: async (api, id) => {
      const answer = await ifThere(() => api.iam(`Get${noun}Policy`, names(id)));
      const found = answer?.at(`Get${noun}PolicyResult`);
      if (found === undefined) return undefined;
      return {
        name: found.text("PolicyName"),
        policy: policyText(found.text("PolicyDocument")),
        [owner]: found.text(`${noun}Name`),
      };
    },
    update: async (api, id, _olds, news) => {
      await api.iam(`Put${noun}Policy`, { ...names(id), PolicyDocument: textOf(news.policy) });
    },
    remove: async (api, id) => {
      await api.iam(`Delete${noun}Policy`, names(id));
    },
  };
}
