/** A parameter of a call: AWS's query protocol numbers the items of lists and joins names by dots. */
export type Parameter =
  string | number | boolean | undefined | readonly Parameter[] | { readonly [name: string]: Parameter };

/** The parameters as form fields; `list` stands between a list's name and its items' numbers (IAM's `member`). */
export function formFields(parameters: Readonly<Record<string, Parameter>>, list = ""): [string, string][] {
  const fields = (name: string, value: Parameter): [string, string][] => {
    if (value === undefined) return [];
    if (isList(value)) {
      const between = list === "" ? "" : `.${list}`;
      return value.flatMap((item, i) => fields(`${name}${between}.${i + 1}`, item));
    }
    if (typeof value === "object") {
      return Object.entries(value).flatMap(([key, item]) => fields(`${name}.${key}`, item));
    }
    return [[name, String(value)]];
  };
  return Object.entries(parameters).flatMap(([name, value]) => fields(name, value));
}

function isList(value: Parameter): value is readonly Parameter[] {
  return Array.isArray(value);
}
