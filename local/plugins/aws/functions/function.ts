import type { Fields } from "../../frame/fields";
import type { PlainProperties } from "../../frame/values";
import type { Api } from "../api/client";
import type { Parameter } from "../api/query";
import { objectList, textList, textMap } from "../kind";

/** A function that looks something up. */
export interface AwsFunction {
  readonly fields: Fields;
  /** @throws Error when what is looked for is not there, or not only once */
  readonly answer: (api: Api, args: PlainProperties) => Promise<PlainProperties>;
}

/** The arguments by which look-ups narrow down what they find. */
export const filterFields: Fields = {
  region: { type: "string" },
  tags: { type: "map" },
  filters: {
    type: "objects",
    fields: { name: { type: "string", required: true }, values: { type: "strings", required: true } },
  },
};

/** Filters and tags of a look-up as EC2 takes them, with more of them by their names. */
export function filtersOf(
  args: PlainProperties,
  more: Readonly<Record<string, string | undefined>> = {},
): Parameter {
  const tags = Object.entries(textMap(args.tags)).map(([key, value]) => ({
    Name: `tag:${key}`,
    Value: [value],
  }));
  const listed = objectList(args.filters).map(({ name, values }) => ({
    Name: typeof name === "string" ? name : "",
    Value: textList(values),
  }));
  const others = Object.entries(more).flatMap(([Name, value]) =>
    value === undefined ? [] : [{ Name, Value: [value] }],
  );
  return [...listed, ...tags, ...others];
}
