import { createHash } from "node:crypto";

import { parse } from "yaml";

import { fingerprintAnnotation } from "../names";
import {
  type PublishedKind,
  publishedKinds,
  publishedName,
  tenantNamespace,
  tenantNamespaceSchema,
} from "./kinds";
import { type Schema, toStructural, withoutDescriptions } from "./structural";

/** A custom resource definition, as far as it is looked into here. */
export interface Definition {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly [field: string]: unknown;
    readonly group: string;
    readonly names: { readonly [field: string]: unknown; readonly plural: string };
    readonly versions: readonly {
      readonly [field: string]: unknown;
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

/** What the schemas are made from. */
export interface DefinitionSources {
  /** Text of OpenShift's published `openapi.json`. */
  readonly openapi: string;
  /** Texts of definitions that are there already, YAML: Route and cert-manager's kinds. */
  readonly manifests: readonly string[];
}

/** Makes the definitions of all kinds that are not Kubernetes' own, each with a fingerprint of its contents. */
export function makeDefinitions({ openapi, manifests }: DefinitionSources): readonly Definition[] {
  const { definitions: types } = JSON.parse(openapi) as { definitions: Record<string, Schema> };
  return [
    ...publishedKinds.map((kind) => define(kind, toStructural(types, publishedName(kind)))),
    define(tenantNamespace, tenantNamespaceSchema),
    ...manifests.map((text) => slim(parse(text) as Definition)),
  ].map(withFingerprint);
}

function define(kind: PublishedKind, schema: Schema): Definition {
  const { group, version, plural, scope, shortNames } = kind;
  const openAPIV3Schema: Schema = {
    ...schema,
    // A definition's status is the controllers' alone: what a client sends of it is dropped, and then cannot be asked for.
    ...(schema.required && { required: schema.required.filter((field) => field !== "status") }),
    properties: { ...schema.properties, metadata: { type: "object" } },
  };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope,
      names: {
        kind: kind.kind,
        listKind: `${kind.kind}List`,
        plural,
        singular: kind.kind.toLowerCase(),
        ...(shortNames === undefined ? {} : { shortNames }),
      },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema },
        },
      ],
    },
  };
}

function slim(definition: Definition): Definition {
  const versions = definition.spec.versions.map((version) => ({
    ...version,
    schema: { openAPIV3Schema: withoutDescriptions(version.schema.openAPIV3Schema) },
  }));
  return { ...definition, spec: { ...definition.spec, versions } };
}

function withFingerprint(definition: Definition): Definition {
  const fingerprint = createHash("sha256").update(JSON.stringify(definition)).digest("hex").slice(0, 16);
  const annotations = { ...definition.metadata.annotations, [fingerprintAnnotation]: fingerprint };
  return { ...definition, metadata: { ...definition.metadata, annotations } };
}
