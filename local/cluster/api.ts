import { readFileSync } from "node:fs";
import { Agent, request as httpsRequest } from "node:https";
import type { IncomingMessage } from "node:http";
import { createInterface } from "node:readline";

import { parse } from "yaml";

/** How to reach an API server: what a kubeconfig with a token says. */
export interface ApiAddress {
  readonly server: string;
  readonly token: string;
  /** PEM of the authority that signed the server's certificate. */
  readonly certificateAuthority: string;
}

/** What every Kubernetes object has. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
  };
}

/** The API server answered with an error status. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** How a change is sent. */
export type PatchType = "apply" | "json" | "merge";

const contentTypes: Readonly<Record<PatchType, string>> = {
  apply: "application/apply-patch+yaml",
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
};

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** A small client of one API server, which trusts no certificate but the one that the address names. */
export class ApiClient {
  readonly #agent: Agent;
  readonly #address: ApiAddress;

  constructor(address: ApiAddress) {
    this.#address = address;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 32, ca: address.certificateAuthority });
  }

  /** @throws ApiError on an error status, or the network's own error */
  async get<T>(path: string, accept = "application/json"): Promise<T> {
    return JSON.parse(await this.text({ method: "GET", path, accept })) as T;
  }

  async create<T extends KubernetesObject>(path: string, body: unknown): Promise<T> {
    const call = { method: "POST", path, body, contentType: "application/json" };
    return JSON.parse(await this.text(call)) as T;
  }

  /** Writes the whole object; its resource version must be the current one. */
  async replace(path: string, body: unknown): Promise<void> {
    await this.text({ method: "PUT", path, body, contentType: "application/json" });
  }

  /** Sends a change; strict, so that a field the server does not know is an error here too. */
  async patch<T extends KubernetesObject>(
    path: string,
    type: PatchType,
    manager: string,
    body: unknown,
  ): Promise<T> {
    const force = type === "apply" ? "&force=true" : "";
    const query = `?fieldManager=${manager}&fieldValidation=Strict${force}`;
    const call = { method: "PATCH", path: path + query, body, contentType: contentTypes[type] };
    return JSON.parse(await this.text(call)) as T;
  }

  async delete(path: string): Promise<void> {
    await this.text({ method: "DELETE", path });
  }

  /** The body of the answer. */
  async text(call: Call): Promise<string> {
    const answer = await this.#send(call);
    const chunks: Buffer[] = [];
    for await (const chunk of answer) {
      chunks.push(chunk as Buffer);
    }
    const body = Buffer.concat(chunks).toString("utf8");
    const status = answer.statusCode ?? 0;
    if (status >= 400) {
      throw new ApiError(status, messageOf(body) ?? `${call.method} ${call.path}: HTTP ${status}`);
    }
    return body;
  }

  /** Streams the lines of a watch until the server or `signal` ends it. */
  async *watch<T>(path: string, signal: AbortSignal): AsyncGenerator<T> {
    const answer = await this.#send({
      method: "GET",
      path,
      accept: "application/json",
      signal,
      timeoutMs: 0,
    });
    if ((answer.statusCode ?? 0) >= 400) {
      answer.resume();
      throw new ApiError(answer.statusCode ?? 0, `watch ${path}: HTTP ${answer.statusCode ?? 0}`);
    }
    for await (const line of createInterface({ input: answer, crlfDelay: Infinity })) {
      if (line !== "") {
        yield JSON.parse(line) as T;
      }
    }
  }

  /** Ends the kept connections. */
  close(): void {
    this.#agent.destroy();
  }

  #send(call: Call): Promise<IncomingMessage> {
    const { method, path, body, contentType, accept, timeoutMs = 15_000, signal } = call;
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    return new Promise((resolve, reject) => {
      const outgoing = httpsRequest(
        new URL(path, this.#address.server),
        {
          method,
          agent: this.#agent,
          ...(signal === undefined ? {} : { signal }),
          headers: {
            authorization: `Bearer ${this.#address.token}`,
            ...(accept === undefined ? {} : { accept }),
            ...(contentType === undefined ? {} : { "content-type": contentType }),
            ...(payload === undefined ? {} : { "content-length": payload.length }),
          },
        },
        resolve,
      );
      outgoing.setTimeout(timeoutMs, () => {
        outgoing.destroy(new Error(`no answer from ${this.#address.server} within ${timeoutMs / 1000} s`));
      });
      outgoing.on("error", reject);
      outgoing.end(payload);
    });
  }
}

/** Reads the address out of a kubeconfig that this folder has written. */
export function addressFrom(kubeconfigPath: string): ApiAddress {
  const config = parse(readFileSync(kubeconfigPath, "utf8")) as {
    clusters: [{ cluster: { server: string; "certificate-authority-data": string } }];
    users: [{ user: { token: string } }];
  };
  const { cluster } = config.clusters[0];
  return {
    server: cluster.server,
    token: config.users[0].user.token,
    certificateAuthority: Buffer.from(cluster["certificate-authority-data"], "base64").toString("utf8"),
  };
}

/** The path of an object, or of a collection when no name is given. */
export function resourcePath(apiVersion: string, plural: string, namespace?: string, name?: string): string {
  return [
    apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`,
    ...(namespace === undefined ? [] : ["namespaces", namespace]),
    plural,
    ...(name === undefined ? [] : [name]),
  ].join("/");
}

function messageOf(body: string): string | undefined {
  try {
    return (JSON.parse(body) as { message?: string }).message;
  } catch {
    return undefined;
  }
}
