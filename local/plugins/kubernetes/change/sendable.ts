import { type PlainProperties, unknown } from "../../frame/values";
import { isSecret } from "../check";
import { mapAt, omit } from "../object";

/**
 * The object that is sent for `inputs`. A Secret's `stringData` goes into its `data`: the API server would do the same,
 * but then nobody would own the single values, and one that is taken out of the program would stay.
 */
export function sendable(inputs: PlainProperties): PlainProperties {
  if (!isSecret(inputs) || inputs.stringData === undefined) return inputs;
  if (inputs.stringData === unknown) return omit(inputs, ["stringData"]);
  const data = { ...mapAt(inputs, "data") };
  for (const [key, value] of Object.entries(mapAt(inputs, "stringData"))) {
    // What is no text is left for the API server to refuse.
    data[key] = typeof value === "string" ? Buffer.from(value).toString("base64") : value;
  }
  return { ...omit(inputs, ["stringData"]), data };
}
