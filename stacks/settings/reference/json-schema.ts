import * as z from "zod";

import { isTree, type Plain, type Tree, without } from "../tree";

const ENCRYPTED = {
  type: "object",
  properties: { secure: { type: "string" } },
  required: ["secure"],
  additionalProperties: false,
};

/**
 * JSON schema of a settings file (`Pulumi.<stack>.yaml`), for editors.
 *
 * @param title - Whose settings they are.
 */
export function settingsFileSchema(title: string, schema: z.ZodType, secretsSchema: z.ZodType): Tree {
  const settings = propertiesOf(schema);
  const secrets = mapLeaves(jsonSchemaOf(secretsSchema), ({ description }) => ({
    ...(description !== undefined && { description }),
    ...ENCRYPTED,
  }));
  const properties = Object.fromEntries(
    Object.entries({ ...settings, secrets }).map(([key, schema]) => [`packit:${key}`, schema]),
  );
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title,
    type: "object",
    properties: {
      config: {
        type: "object",
        properties,
        // Other namespaces are none of ours.
        propertyNames: { anyOf: [{ enum: Object.keys(properties) }, { not: { pattern: "^packit:" } }] },
      },
    },
  };
}

function propertiesOf(schema: z.ZodType): Tree {
  const { properties } = jsonSchemaOf(schema);
  return isTree(properties) ? properties : {};
}

function jsonSchemaOf(schema: z.ZodType): Tree {
  const made = z.toJSONSchema(schema, {
    io: "input",
    override: ({ jsonSchema }) => {
      simplify(jsonSchema);
    },
  });
  return withoutRequired(made) as Tree;
}

/** Examples in JSON schema's own way; numbers and booleans also as the text that the engine may make of them. */
function simplify(schema: Record<string, unknown>): void {
  const { allowed, example } = schema;
  delete schema.allowed;
  delete schema.example;
  delete schema.form;
  if (schema.description === undefined && allowed !== undefined) schema.description = allowed;
  if (example !== undefined && schema.type === "string") schema.examples = [example];
  // YAML makes a number of such a text.
  if (schema.type === "string" && /^[0-9]+$/.test(String(example))) schema.type = ["string", "integer"];
  if (schema.type === "integer" || schema.type === "boolean") schema.type = [schema.type, "string"];
  if (schema.type === "number" && Array.isArray(schema.enum)) {
    delete schema.type;
    schema.enum = [...(schema.enum as unknown[]), ...schema.enum.map(String)];
  }
}

/** Every setting has a default, so nothing is required but what a list's entries consist of. */
function withoutRequired(schema: Plain): Plain {
  if (!isTree(schema)) return schema;
  const { properties } = schema;
  if (!isTree(properties)) return schema;
  return {
    ...without(schema, ["required"]),
    properties: Object.fromEntries(
      Object.entries(properties).map(([key, field]) => [key, withoutRequired(field)]),
    ),
  };
}

function mapLeaves(schema: Tree, convert: (leaf: Tree) => Tree): Tree {
  const { properties, additionalProperties } = schema;
  if (isTree(properties)) {
    const mapped = Object.entries(properties).map(([key, field]) => [
      key,
      isTree(field) ? mapLeaves(field, convert) : field,
    ]);
    return { ...schema, properties: Object.fromEntries(mapped) as Tree };
  }
  if (isTree(additionalProperties)) {
    return { ...schema, additionalProperties: mapLeaves(additionalProperties, convert) };
  }
  return convert(schema);
}
