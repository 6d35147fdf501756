import { unknownProperty } from "../../frame/nearest";
import type { CheckFailure, DiffKind } from "../../frame/provider";
import { type Plain, type PlainProperties, sameValue, textOf, unknown } from "../../frame/values";
import { textAt } from "../object";
import { findTarget, type Target } from "./kubeconfig";

/** The provider's configuration. */
export interface Settings {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly cluster: string | undefined;
  /** Where objects without a namespace go. @default the context's namespace */
  readonly namespace: string | undefined;
  /** Whether a change of a Secret's data is an update; else it makes a new Secret. @default false */
  readonly enableSecretMutable: boolean;
  /** The same for ConfigMaps. @default false */
  readonly enableConfigMapMutable: boolean;
  /** Whether fields are taken from other field managers without asking. @default false */
  readonly enablePatchForce: boolean;
  /** Whether an object that is there already is taken over instead of being refused. @default false */
  readonly upsertExistingObjects: boolean;
}

/** The switches and the environment variables that stand for them when they are not set. */
const switches = {
  enableSecretMutable: "PULUMI_K8S_ENABLE_SECRET_MUTABLE",
  enableConfigMapMutable: "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE",
  enablePatchForce: "PULUMI_K8S_ENABLE_PATCH_FORCE",
  upsertExistingObjects: "PULUMI_K8S_UPSERT_EXISTING_OBJECTS",
} as const;

const texts = ["cluster", "clusterIdentifier", "context", "kubeconfig", "namespace"];
/** What there is nothing to suppress of here, and what is always so. */
const harmless = ["enableServerSideApply", "suppressDeprecationWarnings", "suppressHelmHookWarnings"];
const absent = [
  ...["alwaysRender", "deleteUnreachable", "helmReleaseSettings", "kubeClientSettings"],
  ...["renderYamlToDirectory", "skipUpdateUnreachable"],
];
/** What the engine adds to every provider's inputs. */
const engineKeys = ["version", "pluginDownloadURL", "__internal"];

/** What is wrong with a provider's configuration. */
export function checkSettings(config: PlainProperties): CheckFailure[] {
  const known = [...texts, ...Object.keys(switches), ...harmless, ...absent];
  return Object.entries(config).flatMap(([property, value]) => {
    const reason = engineKeys.includes(property) ? undefined : wrong(property, value, known);
    return reason === undefined ? [] : [{ property, reason }];
  });
}

function wrong(property: string, value: Plain, known: readonly string[]): string | undefined {
  if (!known.includes(property)) return unknownProperty(property, known);
  if (value === unknown || value === null) return undefined;
  if (absent.includes(property)) {
    return `"${property}" is not in the stand-in for the kubernetes plugin; install the official plugin for that`;
  }
  if (texts.includes(property))
    return typeof value === "string" ? undefined : `"${property}" must be a string`;
  if (asBoolean(value) === undefined) return `"${property}" must be true or false`;
  if (property === "enableServerSideApply" && asBoolean(value) === false) {
    return `"enableServerSideApply" cannot be false: the stand-in for the kubernetes plugin only has server-side apply`;
  }
  return undefined;
}

/** The configuration that {@link checkSettings} found nothing wrong with. */
export function readSettings(
  config: PlainProperties,
  environment: NodeJS.ProcessEnv = process.env,
): Settings {
  const flag = (name: keyof typeof switches): boolean =>
    asBoolean(config[name]) ?? asBoolean(environment[switches[name]]) ?? false;
  return {
    kubeconfig: textOf(config.kubeconfig) || undefined,
    context: textOf(config.context) || undefined,
    cluster: textOf(config.cluster) || undefined,
    namespace: textOf(config.namespace) || undefined,
    enableSecretMutable: flag("enableSecretMutable"),
    enableConfigMapMutable: flag("enableConfigMapMutable"),
    enablePatchForce: flag("enablePatchForce"),
    upsertExistingObjects: flag("upsertExistingObjects"),
  };
}

/** A provider's inputs arrive as text, also those that are none. */
function asBoolean(value: Plain | undefined): boolean | undefined {
  if (value === true || value === "true" || value === "1") return true;
  return value === false || value === "false" || value === "0" ? false : undefined;
}

/**
 * What changes between two configurations. A replaced provider has all its objects made anew, so that only happens
 * when the cluster is another one for certain: with `clusterIdentifier`, by it; else when neither the address nor the
 * certificate authority is the same.
 */
export function diffSettings(olds: PlainProperties, news: PlainProperties): Record<string, DiffKind> {
  const changes: Record<string, DiffKind> = {};
  for (const key of new Set([...Object.keys(olds), ...Object.keys(news)])) {
    if (engineKeys.includes(key) || sameValue(olds[key], news[key])) continue;
    changes[key] = olds[key] === undefined ? "add" : news[key] === undefined ? "delete" : "update";
  }
  if (olds.clusterIdentifier !== undefined || news.clusterIdentifier !== undefined) {
    if (changes.clusterIdentifier !== undefined) changes.clusterIdentifier = "update-replace";
  } else if (anotherCluster(olds, news)) {
    const key = ["kubeconfig", "context", "cluster"].find((name) => changes[name] !== undefined);
    if (key !== undefined) changes[key] = "update-replace";
  }
  return changes;
}

function anotherCluster(olds: PlainProperties, news: PlainProperties): boolean {
  const [before, after] = [olds, news].map((config) => targetOf(readSettings(config, {})));
  if (before === undefined || after === undefined || before.server === after.server) return false;
  const [ca, newCa] = [before, after].map(({ cluster }) => textAt(cluster, "certificate-authority-data"));
  return ca === "" || ca !== newCa;
}

/** Undefined when the kubeconfig is gone, or cannot be read: then nobody can tell. */
function targetOf(settings: Settings): Target | undefined {
  try {
    return findTarget(settings);
  } catch {
    return undefined;
  }
}
