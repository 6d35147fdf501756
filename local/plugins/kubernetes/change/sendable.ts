import { isProperties, type PlainProperties, unknown } from "../../frame/values";
import { isSecret } from "../check";
import { mapAt, omit } from "../object";

/** The object that is sent for `inputs`. */
export function sendable(inputs: PlainProperties): PlainProperties {
  return owning(isSecret(inputs) ? withData(inputs) : inputs);
}

/**
 * A Secret's `stringData` goes into its `data`: the API server would do the same, but then nobody would own the single
 * values, and one that is taken out of the program would stay.
 */
function withData(inputs: PlainProperties): PlainProperties {
  if (inputs.stringData === undefined) return inputs;
  if (inputs.stringData === unknown) return omit(inputs, ["stringData"]);
  const data = { ...mapAt(inputs, "data") };
  for (const [key, value] of Object.entries(mapAt(inputs, "stringData"))) {
    // What is no text is left for the API server to refuse.
    data[key] = typeof value === "string" ? Buffer.from(value).toString("base64") : value;
  }
  return { ...omit(inputs, ["stringData"]), data };
}

/** An object of which nothing but its name is applied has no field manager: an empty map gives it one. */
function owning(object: PlainProperties): PlainProperties {
  const { metadata } = object;
  const rest = omit(object, ["apiVersion", "kind", "metadata"]);
  if (!isProperties(metadata) || Object.keys(rest).length > 0) return object;
  return metadata.labels === undefined ? { ...object, metadata: { ...metadata, labels: {} } } : object;
}
