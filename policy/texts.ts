import type { PolicyResource } from "./resource";

/** Every text of a resource's inputs, however deep; what a Secret holds as it is read. */
export function* textsOf({ type, inputs }: PolicyResource): Iterable<string> {
  const { data, ...others } = inputs;
  yield* textsIn(others);
  for (const text of textsIn(data))
    yield type.endsWith(":Secret") ? Buffer.from(text, "base64").toString() : text;
}

function* textsIn(value: unknown): Iterable<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null)
    for (const part of Object.values(value)) yield* textsIn(part);
}
