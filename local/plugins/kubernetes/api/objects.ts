import type { IncomingMessage } from "node:http";
import { isProperties, type PlainProperties } from "../../frame/values";
import type { KubeObject } from "../object";
import { isNotFound } from "./api-error";
import { type Answer, type Call, type Client } from "./client";
import type { Kind } from "./discovery";

/** Where an object stands. */
export interface Place {
  readonly kind: Kind;
  /** Empty for a kind without namespaces. */
  readonly namespace: string;
  readonly name: string;
}

/** How an object is applied. */
export interface Applying {
  /** The field manager that owns what is sent. */
  readonly manager: string;
  /** Take fields from other managers. @default false */
  readonly force?: boolean;
  /** Only try. @default false */
  readonly dryRun?: boolean;
}

/** What came of an apply. */
export interface Applied {
  readonly object: KubeObject;
  readonly created: boolean;
}

/** Reads and writes objects of one API server. */
export class Objects {
  constructor(private readonly client: Client) {}

  /** The object, or undefined when there is none. */
  async get(place: Place): Promise<KubeObject | undefined> {
    try {
      return asObject(await this.client.send({ method: "GET", path: pathOf(place) }));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** Server-side apply with strict validation: creates the object or changes the fields that we send. */
  async apply(place: Place, body: PlainProperties, how: Applying): Promise<Applied> {
    const query = { ...writeQuery(how), force: String(how.force ?? false) };
    const answer = await this.client.send({
      method: "PATCH",
      path: pathOf(place, query),
      body,
      contentType: "application/apply-patch+yaml",
    });
    return { object: asObject(answer), created: answer.code === 201 };
  }

  /** Creates the object, and fails when it is there already. */
  async create(place: Omit<Place, "name">, body: PlainProperties, how: Applying): Promise<KubeObject> {
    const path = pathOf({ ...place, name: "" }, writeQuery(how));
    return asObject(await this.client.send({ method: "POST", path, body }));
  }

  /** Asks for the object's deletion; undefined when there is none, else what is still to be waited for. */
  async delete(place: Place, options: PlainProperties): Promise<KubeObject | undefined> {
    try {
      const body = { apiVersion: "v1", kind: "DeleteOptions", ...options };
      return asObject(await this.client.send({ method: "DELETE", path: pathOf(place), body }));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** The objects of a kind in a namespace, or in all of them when it is empty. */
  async list(kind: Kind, namespace: string, query: Record<string, string> = {}): Promise<KubeObject> {
    return asObject(
      await this.client.send({ method: "GET", path: pathOf({ kind, namespace, name: "" }, query) }),
    );
  }

  /** The stream of what happens to the objects of a kind from `resourceVersion` on. */
  async watch(
    kind: Kind,
    namespace: string,
    resourceVersion: string,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    // The API server closes a watch when it likes; five minutes is what its own clients ask for.
    const query = { watch: "true", allowWatchBookmarks: "true", timeoutSeconds: "300", resourceVersion };
    const call: Call = { method: "GET", path: pathOf({ kind, namespace, name: "" }, query), signal };
    return await this.client.open(call);
  }
}

function writeQuery({ manager, dryRun }: Applying): Record<string, string> {
  return {
    fieldManager: manager,
    fieldValidation: "Strict",
    ...(dryRun === true ? { dryRun: "All" } : {}),
  };
}

function pathOf({ kind, namespace, name }: Place, query: Record<string, string> = {}): string {
  const root = kind.apiVersion.includes("/") ? "/apis" : "/api";
  const within = kind.namespaced && namespace !== "" ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  const last = name === "" ? "" : `/${encodeURIComponent(name)}`;
  const search = new URLSearchParams(query).toString();
  return `${root}/${kind.apiVersion}${within}/${kind.plural}${last}${search && `?${search}`}`;
}

function asObject({ body }: Answer): KubeObject {
  if (isProperties(body)) return body;
  throw new Error("the API server answered with something that is no object");
}
