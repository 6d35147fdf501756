import { textOf } from "../../../frame/values";
import { ifThere } from "../../api/error";
import { given, type Kind } from "../../kind";
import { functionPath } from "./function";

/** One statement of a function's policy, as AWS writes it. */
interface Statement {
  readonly Sid: string;
  readonly Action: string;
  readonly Principal: string | { readonly Service?: string; readonly AWS?: string };
  readonly Condition?: {
    readonly ArnLike?: Readonly<Record<string, string>>;
    readonly StringEquals?: Readonly<Record<string, string>>;
  };
}

/** That somebody may call a function; the id is the statement's name. */
export const lambdaPermission: Kind = {
  fields: {
    statementId: { type: "string" },
    statementIdPrefix: { type: "string" },
    function: { type: "string", required: true },
    action: { type: "string", required: true },
    principal: { type: "string", required: true },
    sourceArn: { type: "string" },
    sourceAccount: { type: "string" },
  },
  outputs: [],
  named: { field: "statementId", prefix: "statementIdPrefix" },
  create: async (api, inputs) => {
    const id = textOf(inputs.statementId);
    await api.lambda("POST", `${functionPath(textOf(inputs.function))}/policy`, {
      StatementId: id,
      Action: textOf(inputs.action),
      Principal: textOf(inputs.principal),
      SourceArn: given(inputs.sourceArn),
      SourceAccount: given(inputs.sourceAccount),
    });
    return { id };
  },
  read: async (api, id, state) => {
    const found = await ifThere(() => api.lambda("GET", `${functionPath(textOf(state.function))}/policy`));
    if (found === undefined) return undefined;
    const { Statement } = JSON.parse(String(found.Policy)) as { Statement: readonly Statement[] };
    const one = Statement.find(({ Sid }) => Sid === id);
    if (one === undefined) return undefined;
    const { Principal, Condition } = one;
    const sourceArn = Condition?.ArnLike?.["AWS:SourceArn"];
    const sourceAccount = Condition?.StringEquals?.["AWS:SourceAccount"];
    return {
      statementId: id,
      action: one.Action,
      principal: typeof Principal === "string" ? Principal : (Principal.Service ?? Principal.AWS ?? ""),
      ...(sourceArn !== undefined && { sourceArn }),
      ...(sourceAccount !== undefined && { sourceAccount }),
    };
  },
  remove: async (api, id, state) => {
    await api.lambda("DELETE", `${functionPath(textOf(state.function))}/policy/${encodeURIComponent(id)}`);
  },
};
