import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { parse } from "yaml";
import { isProperties, type Plain, type PlainProperties, textOf } from "../../frame/values";
import { listAt, mapAt, textAt } from "../object";

/** Where a kubeconfig leads: the address of a cluster and who to be there. */
export interface Target {
  /** How a message calls the kubeconfig: its path, or that it was given as text. */
  readonly source: string;
  readonly context: string;
  readonly server: string;
  /** The context's namespace. @default "default" */
  readonly namespace: string;
  readonly cluster: PlainProperties;
  readonly user: PlainProperties;
  /** The folder that relative paths in the kubeconfig start from. */
  readonly folder: string;
}

/** What a provider's configuration says about its cluster. */
export interface Choice {
  /** A path, or the kubeconfig itself. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly cluster?: string | undefined;
}

interface Source {
  readonly name: string;
  readonly folder: string;
  readonly text: string;
}

/** Finds the cluster that `choice` names; an error says what is wrong in which kubeconfig. */
export function findTarget(choice: Choice, environment: NodeJS.ProcessEnv = process.env): Target {
  const { name, folder, text } = readSource(choice.kubeconfig, environment);
  const config = parseKubeconfig(text, name);
  const context = choice.context ?? textAt(config, "current-context");
  if (context === "" && choice.cluster === undefined) {
    throw new Error(
      `${name} has no current-context; name one with the provider's "context" (it has ${names(config, "contexts")})`,
    );
  }
  const chosen = context === "" ? {} : named(config, "contexts", "context", context, name);
  const clusterName = choice.cluster ?? textAt(chosen, "cluster");
  const cluster = named(config, "clusters", "cluster", clusterName, name);
  const server = textAt(cluster, "server");
  if (!/^https?:\/\/./.test(server)) {
    throw new Error(`${name}: cluster "${clusterName}" has no server address (such as https://host:6443)`);
  }
  const userName = textAt(chosen, "user");
  return {
    source: name,
    context,
    server: server.replace(/\/+$/, ""),
    namespace: textAt(chosen, "namespace") || "default",
    cluster,
    user: userName === "" ? {} : named(config, "users", "user", userName, name),
    folder,
  };
}

function readSource(kubeconfig: string | undefined, environment: NodeJS.ProcessEnv): Source {
  if (kubeconfig !== undefined && /[\n{]/.test(kubeconfig)) {
    return { name: `the kubeconfig in the provider's settings`, folder: process.cwd(), text: kubeconfig };
  }
  const ambient = (environment.KUBECONFIG ?? "").split(delimiter).filter((path) => path !== "");
  const usual = join(homedir(), ".kube", "config");
  const paths = kubeconfig !== undefined ? [kubeconfig] : ambient.length > 0 ? ambient : [usual];
  const path = paths.map(expandHome).find((candidate) => existsSync(candidate));
  if (path === undefined) {
    throw new Error(`there is no kubeconfig at ${paths.join(" or ")}; set the provider's "kubeconfig"`);
  }
  try {
    return { name: `kubeconfig ${path}`, folder: dirname(path), text: readFileSync(path, "utf8") };
  } catch (error) {
    throw new Error(`kubeconfig ${path} cannot be read: ${(error as Error).message}`);
  }
}

function expandHome(path: string): string {
  return path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
}

function parseKubeconfig(text: string, name: string): PlainProperties {
  let parsed: Plain;
  try {
    parsed = parse(text) as Plain;
  } catch (error) {
    throw new Error(`${name} is no YAML: ${(error as Error).message.split("\n")[0] ?? ""}`);
  }
  if (!isProperties(parsed)) throw new Error(`${name} is no kubeconfig: it holds no clusters and contexts`);
  return parsed;
}

function named(
  config: PlainProperties,
  list: string,
  field: string,
  name: string,
  source: string,
): PlainProperties {
  const entry = listAt(config, list).find((item) => textAt(item, "name") === name);
  if (entry === undefined) {
    throw new Error(`${source} has no ${field} "${name}"; it has ${names(config, list)}`);
  }
  return mapAt(entry, field);
}

function names(config: PlainProperties, list: string): string {
  const all = listAt(config, list).map((item) => `"${textOf(mapAt(item).name)}"`);
  return all.length === 0 ? "none" : all.join(", ");
}
