import { request } from "node:https";
import { homedir } from "node:os";

import type { ProjectPaths } from "./paths";
import { messageOf } from "./report";

/** Which cluster: as the settings say it, a kubeconfig's path or contents and a context in it. */
export interface ClusterChoice {
  readonly kubeconfig: string;
  readonly context?: string;
}

/** What an API server answered. */
export interface ClusterAnswer {
  readonly status: number;
  readonly body: unknown;
  /** The server's clock, when it told, in milliseconds since 1970. */
  readonly date?: number;
}

/** One cluster's API server. */
export interface Cluster {
  /** Its address. */
  readonly server: string;
  /**
   * Asks one thing.
   *
   * @param path - Path within the API, such as `/version`.
   * @param body - Sent as JSON.
   * @param patience - How long the answer may take, in milliseconds. @default 5000
   * @param patch - What kind of change a `PATCH` brings. @default "merge"
   * @throws Error when there is no answer; an error status is an answer.
   */
  ask(
    method: Method,
    path: string,
    body?: unknown,
    patience?: number,
    patch?: PatchKind,
  ): Promise<ClusterAnswer>;
}

/** What can be asked of an API server. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

const PATCH_TYPES = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  // Its body is YAML, and so is JSON.
  apply: "application/apply-patch+yaml",
} as const;

/** How the body of a `PATCH` is to be read. */
export type PatchKind = keyof typeof PATCH_TYPES;

/** How long an API server may take to answer unless told otherwise, in milliseconds. */
const PATIENCE = 5_000;

/** The cluster that a stack goes to: the one of its settings, or the control plane of this machine. */
export function clusterChoice(
  paths: ProjectPaths,
  cluster: { readonly kubeconfig: string; readonly context?: string } | undefined,
): ClusterChoice {
  return cluster ?? { kubeconfig: paths.kubeconfig };
}

/**
 * Opens a connection as whom the kubeconfig says; commands that it names for credentials are run.
 *
 * @throws Error when the kubeconfig cannot be read, or has no such context.
 */
export async function connect({ kubeconfig, context }: ClusterChoice): Promise<Cluster> {
  // Most commands need no cluster, and it takes half a second to load.
  const { KubeConfig } = await import("@kubernetes/client-node");
  const config = new KubeConfig();
  const file = /[\n{]/.test(kubeconfig) ? undefined : kubeconfig.replace(/^~(?=\/)/, homedir());
  try {
    if (file === undefined) config.loadFromString(kubeconfig);
    else config.loadFromFile(file);
  } catch (error) {
    // Further lines show the place in the file, where a token may stand.
    const [why = ""] = messageOf(error).split("\n");
    throw new Error(
      `the kubeconfig${file === undefined ? "" : ` ${file}`} cannot be read: ${why} (packit:cluster.kubeconfig)`,
    );
  }
  if (context !== undefined) {
    const known = config.getContexts().map(({ name }) => name);
    if (!known.includes(context)) {
      throw new Error(`the kubeconfig has no context ${context}; it has ${known.join(", ") || "none"}`);
    }
    config.setCurrentContext(context);
  }
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new Error("the kubeconfig's context names no cluster");
  return {
    server,
    ask: (method, path, body, patience = PATIENCE, patch = "merge") => {
      const type = method === "PATCH" ? PATCH_TYPES[patch] : "application/json";
      return send(config, new URL(server), { method, path, body, patience, type });
    },
  };
}

interface Call {
  readonly method: Method;
  readonly path: string;
  readonly body: unknown;
  readonly patience: number;
  readonly type: string;
}

async function send(
  config: { applyToHTTPSOptions(options: object): Promise<void> },
  server: URL,
  { method, path, body, patience, type }: Call,
): Promise<ClusterAnswer> {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const options = {
    method,
    headers: {
      accept: "application/json",
      ...(payload !== undefined && {
        "content-type": type,
        // Node.js says it by itself, but not with a DELETE, whose body then counts for nothing.
        "content-length": Buffer.byteLength(payload),
      }),
    },
  };
  await config.applyToHTTPSOptions(options);
  const url = new URL(server.pathname.replace(/\/$/, "") + path, server);
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { ...options, timeout: patience }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        const date = Date.parse(incoming.headers.date ?? "");
        resolve({
          status: incoming.statusCode ?? 0,
          body: parsed(Buffer.concat(chunks).toString("utf8")),
          ...(!Number.isNaN(date) && { date }),
        });
      });
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer within ${patience / 1000} s`)));
    outgoing.on("error", reject);
    outgoing.end(payload);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
