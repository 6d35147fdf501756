import { withoutNulls, withValue } from "../frame/marked";
import type { CheckFailure, CheckRequest, CheckResult } from "../frame/provider";
import {
  isProperties,
  type PlainProperties,
  type Properties,
  reveal,
  Secret,
  unknown,
} from "../frame/values";
import { autoname } from "./names";
import { at, pulumiAnnotation, textAt } from "./object";
import { parseToken, type TokenKind } from "./token";

/** What {@link checkInputs} must know of the cluster. */
export interface Surroundings {
  /** Whether objects of the kind have a namespace; undefined when the API server does not serve the kind. */
  readonly namespaced: boolean | undefined;
  /** The provider's namespace. */
  readonly namespace: string;
}

/** Fields that only the API server writes; in an input they stem from a copied object. */
const serverFields = [
  "creationTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "selfLink",
  "uid",
];

/** The inputs as they are kept: complete with kind, name and namespace, without nulls, secrets marked. */
export function checkInputs(request: CheckRequest, around: Surroundings): CheckResult {
  const token = parseToken(request.type);
  let inputs = withoutNulls(request.news);
  const failures = checkKind(reveal(inputs), token);
  inputs = { ...inputs, apiVersion: inputs.apiVersion ?? token.apiVersion, kind: inputs.kind ?? token.kind };
  inputs = withoutServerFields(inputs);
  inputs = withName(inputs, request);
  const metadata = at(reveal(inputs), "metadata");
  if (around.namespaced === true && metadata !== unknown && at(metadata, "namespace") === undefined) {
    inputs = withValue(inputs, ["metadata", "namespace"], around.namespace);
  }
  const plain = reveal(inputs);
  failures.push(...checkMetadata(plain));
  return { inputs: isSecret(plain) ? withSecretData(inputs) : inputs, failures };
}

/** Whether the object is a Secret, whose values are secret whatever they were made of. */
export function isSecret(object: PlainProperties): boolean {
  return object.kind === "Secret" && object.apiVersion === "v1";
}

/** A Secret's inputs or state with its values marked. */
export function withSecretData(properties: Properties): Properties {
  const marked = { ...properties };
  for (const key of ["data", "stringData"]) {
    const value = marked[key];
    if (value !== undefined && !(value instanceof Secret)) marked[key] = new Secret(value);
  }
  return marked;
}

function checkKind(plain: PlainProperties, token: TokenKind): CheckFailure[] {
  return (["apiVersion", "kind"] as const).flatMap((property) => {
    const given = plain[property] ?? unknown;
    if (given === unknown || given === token[property]) return [];
    const reason = `${property} is ${JSON.stringify(given)}, but the resource's type says ${JSON.stringify(token[property])}`;
    return [{ property, reason }];
  });
}

function checkMetadata(plain: PlainProperties): CheckFailure[] {
  const metadata = plain.metadata ?? {};
  if (metadata === unknown) return [];
  if (!isProperties(metadata)) return [{ property: "metadata", reason: "metadata must be an object" }];
  return ["name", "namespace", "generateName"].flatMap((field) => {
    const value = metadata[field];
    if (value === undefined || value === unknown || (typeof value === "string" && value !== "")) return [];
    const property = `metadata.${field}`;
    return [
      { property, reason: `${property} must be a string that is not empty, got ${JSON.stringify(value)}` },
    ];
  });
}

function withoutServerFields(inputs: Properties): Properties {
  const { metadata } = inputs;
  if (!isProperties(metadata)) return inputs;
  const kept = Object.entries(metadata).filter(([key]) => !serverFields.includes(key));
  return { ...inputs, metadata: Object.fromEntries(kept) };
}

function withName(inputs: Properties, request: CheckRequest): Properties {
  const metadata = at(reveal(inputs), "metadata");
  const given = at(metadata, "name") ?? at(metadata, "generateName");
  if (metadata === unknown || given !== undefined) return inputs;
  const olds = reveal(request.olds ?? {});
  const kept = pulumiAnnotation(olds, "autonamed") === "true" ? textAt(olds, "metadata", "name") : "";
  const name = kept || autoname(request.name, request.randomSeed, request.autonaming);
  if (name === undefined) {
    throw new Error(`${request.name}: this stack's settings forbid made-up names; set metadata.name`);
  }
  const named = withValue(inputs, ["metadata", "name"], name);
  return withValue(named, ["metadata", "annotations", "pulumi.com/autonamed"], "true");
}
