/** An object of the cluster, as it is sent. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** A schema of the API server's own description of itself (OpenAPI 3). */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
  readonly "x-kubernetes-group-version-kind"?: readonly Kind[];
  readonly [field: string]: unknown;
}

interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/**
 * Strict JSON schemas of the kinds of some objects.
 *
 * @param ask - Gives what the API server answers to a path, as JSON.
 * @returns schemas by group or core version, version and kind, with underscores between.
 * @throws Error when the API server does not know a kind.
 */
export async function strictSchemas(
  objects: readonly KubernetesObject[],
  ask: (path: string) => Promise<string>,
): Promise<Map<string, object>> {
  const found = new Map<string, object>();
  for (const apiVersion of new Set(objects.map((object) => object.apiVersion))) {
    const path = apiVersion.includes("/") ? `apis/${apiVersion}` : `api/${apiVersion}`;
    const { components } = JSON.parse(await ask(`/openapi/v3/${path}`)) as {
      readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
    };
    const schemas = Object.entries(components.schemas);
    const all = {
      components: { schemas: Object.fromEntries(schemas.map(([name, one]) => [name, strict(one)])) },
    };
    const [group = ""] = apiVersion.includes("/") ? apiVersion.split("/") : [""];
    for (const kind of new Set(
      objects.filter((one) => one.apiVersion === apiVersion).map((one) => one.kind),
    )) {
      const name = schemas.find(([, schema]) =>
        schema["x-kubernetes-group-version-kind"]?.some((one) => one.group === group && one.kind === kind),
      )?.[0];
      if (name === undefined) throw new Error(`the API server has no schema of ${apiVersion} ${kind}`);
      const [first, version = first] = apiVersion.split("/");
      found.set(`${first}_${version}_${kind.toLowerCase()}`, {
        $ref: `#/components/schemas/${name}`,
        ...all,
      });
    }
  }
  return found;
}

/** The same schema, which takes no other fields than its own. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== "object" || schema === null) return schema;
  const fields = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, strict(part)]));
  const {
    properties,
    additionalProperties,
    "x-kubernetes-preserve-unknown-fields": takesAny,
  } = schema as Schema;
  // A field that is called `properties` has a schema, and no list of fields, below it.
  const isObject = properties !== undefined && typeof (schema as Schema).type === "string";
  return isObject && additionalProperties === undefined && takesAny !== true
    ? { ...fields, additionalProperties: false }
    : fields;
}
