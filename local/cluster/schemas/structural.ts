/** A piece of OpenAPI: what a Kubernetes API server publishes, and what a definition's schema is made of. */
export interface Schema {
  readonly [keyword: string]: unknown;
  readonly type?: string;
  readonly format?: string;
  readonly $ref?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

/** Kubernetes' own pattern for a quantity such as `512Mi`. */
const quantityPattern =
  "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

/** Types whose published form does not say what their Go code reads. */
const wellKnown: Readonly<Record<string, Schema>> = {
  "io.k8s.apimachinery.pkg.api.resource.Quantity": {
    anyOf: [{ type: "integer" }, { type: "string" }],
    pattern: quantityPattern,
    "x-kubernetes-int-or-string": true,
  },
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": {
    anyOf: [{ type: "integer" }, { type: "string" }],
    "x-kubernetes-int-or-string": true,
  },
  "io.k8s.apimachinery.pkg.runtime.RawExtension": {
    type: "object",
    "x-kubernetes-preserve-unknown-fields": true,
  },
};

/** The keywords that a definition may hold and that decide what is accepted or how lists are merged. */
const kept = [
  ...["type", "format", "required", "enum", "pattern", "nullable"],
  ...["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"],
  ...["x-kubernetes-list-type", "x-kubernetes-list-map-keys", "x-kubernetes-map-type"],
];

/**
 * Turns a published type into a structural schema: references are put in place, and defaults (Go's zero values, not
 * the server's), descriptions and merge hints of the old patch format are left out. An object lists its fields, so
 * the API server refuses any other.
 * @throws Error on an unknown or a recursive type
 */
export function toStructural(
  types: Readonly<Record<string, Schema>>,
  name: string,
  above: readonly string[] = [],
): Schema {
  const known = wellKnown[name];
  if (known !== undefined) {
    return known;
  }
  const type = types[name];
  if (type === undefined) {
    throw new Error(`no type ${name} among the published ones`);
  }
  if (above.includes(name)) {
    throw new Error(`type ${name} contains itself, which a structural schema cannot say`);
  }
  const path = [...above, name];
  const convert = (schema: Schema): Schema =>
    schema.$ref === undefined ? convertInPlace(schema) : toStructural(types, nameIn(schema.$ref), path);
  const convertInPlace = (schema: Schema): Schema => {
    const { properties, items, additionalProperties } = schema;
    return {
      ...Object.fromEntries(kept.filter((key) => key in schema).map((key) => [key, schema[key]])),
      ...(properties === undefined
        ? {}
        : {
            properties: Object.fromEntries(
              Object.entries(properties).map(([key, value]) => [key, convert(value)]),
            ),
          }),
      ...(items === undefined ? {} : { items: convert(items) }),
      ...(typeof additionalProperties === "object"
        ? { additionalProperties: convert(additionalProperties) }
        : {}),
    };
  };
  return convert(type);
}

/** Leaves descriptions out of a schema: they are most of a definition's size and decide nothing. */
export function withoutDescriptions(schema: Schema): Schema {
  const entries = Object.entries(schema)
    .filter(([keyword]) => keyword !== "description")
    .map(([keyword, value]) => {
      if (keyword === "properties") {
        const fields = Object.entries(value as Record<string, Schema>);
        return [
          keyword,
          Object.fromEntries(fields.map(([name, field]) => [name, withoutDescriptions(field)])),
        ];
      }
      if (keyword === "items" || (keyword === "additionalProperties" && typeof value === "object")) {
        return [keyword, withoutDescriptions(value as Schema)];
      }
      return [keyword, value];
    });
  return Object.fromEntries(entries) as Schema;
}

function nameIn(reference: string): string {
  return reference.slice("#/definitions/".length);
}
