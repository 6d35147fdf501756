import type { Fields } from "../../frame/fields";
import type { PlainProperties } from "../../frame/values";
import type { Api } from "../api/client";

/** A function that looks something up. */
export interface AwsFunction {
  readonly fields: Fields;
  readonly answer: (api: Api, args: PlainProperties) => Promise<PlainProperties>;
}

/** What the stand-in for `@pulumi/aws` looks up, by token. */
export const functions: Readonly<Record<string, AwsFunction>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": {
    fields: { id: { type: "string" } },
    answer: async (api) => {
      const found = (await api.sts("GetCallerIdentity")).at("GetCallerIdentityResult");
      const accountId = found?.text("Account") ?? "";
      return { id: accountId, accountId, arn: found?.text("Arn") ?? "", userId: found?.text("UserId") ?? "" };
    },
  },
};
