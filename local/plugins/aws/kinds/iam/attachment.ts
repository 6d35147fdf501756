import { textOf } from "../../../frame/values";
import { ifThere } from "../../api/error";
import type { Kind } from "../../kind";

/** That a role or a user has the rights of a policy; the id is `<owner>/<policy's ARN>`. */
export function policyAttachment(noun: "Role" | "User"): Kind {
  const owner = noun.toLowerCase();
  return {
    global: true,
    fields: {
      [owner]: { type: "string", required: true },
      policyArn: { type: "string", required: true },
    },
    outputs: [],
    create: async (api, inputs) => {
      const [name, policyArn] = [textOf(inputs[owner]), textOf(inputs.policyArn)];
      await api.iam(`Attach${noun}Policy`, { [`${noun}Name`]: name, PolicyArn: policyArn });
      return { id: `${name}/${policyArn}` };
    },
    read: async (api, id) => {
      const at = id.indexOf("/");
      const [name, policyArn] = [id.slice(0, at), id.slice(at + 1)];
      const found = await ifThere(() => api.iam(`ListAttached${noun}Policies`, { [`${noun}Name`]: name }));
      const attached = found?.list(`ListAttached${noun}PoliciesResult`, "AttachedPolicies") ?? [];
      return attached.some((policy) => policy.text("PolicyArn") === policyArn)
        ? { [owner]: name, policyArn }
        : undefined;
    },
    remove: async (api, _id, inputs) => {
      const [name, PolicyArn] = [textOf(inputs[owner]), textOf(inputs.policyArn)];
      await api.iam(`Detach${noun}Policy`, { [`${noun}Name`]: name, PolicyArn });
    },
  };
}
