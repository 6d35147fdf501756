import { setTimeout as sleep } from "node:timers/promises";
import type { Engine } from "../../frame/engine";
import { reveal, type Properties } from "../../frame/values";
import { Client } from "../api/client";
import { Discovery, type Kind } from "../api/discovery";
import { Objects } from "../api/objects";
import { Watches } from "../api/watches";
import { type TokenKind, unservedKind } from "../token";
import { findTarget } from "./kubeconfig";
import { readSettings, type Settings } from "./settings";

/** How long a kind or a namespace that is about to come is waited for, in milliseconds. */
export const arrivalTime = 15_000;

/** Pause between two looks for one, in milliseconds. */
export const arrivalPause = 250;

/** A configured provider: one cluster, and what is known of it. */
export class Session {
  readonly objects: Objects;
  readonly watches: Watches;
  /** Namespaces that preview found missing: what goes into them is tried elsewhere at once. */
  readonly missingNamespaces = new Set<string>();
  private readonly discovery: Discovery;
  private readonly ending = new AbortController();

  constructor(
    readonly settings: Settings,
    /** Where objects without a namespace go. */
    readonly namespace: string,
    client: Client,
    readonly engine: Engine,
  ) {
    this.discovery = new Discovery(client);
    this.objects = new Objects(client);
    this.watches = new Watches(this.objects);
  }

  /** Ends everything that waits. */
  cancel(): void {
    this.ending.abort();
  }

  /** Aborted when the engine cancels the update. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  /** The kind as the API server serves it, or undefined. */
  async findKind(token: TokenKind): Promise<Kind | undefined> {
    return await this.discovery.find(token.apiVersion, token.kind);
  }

  /** The kind as the API server serves it; waits for one whose definition has only just been made. */
  async kind(token: TokenKind): Promise<Kind> {
    const end = Date.now() + arrivalTime;
    for (;;) {
      const kind = await this.findKind(token);
      if (kind !== undefined) return kind;
      if (Date.now() >= end) throw new Error(await this.unserved(token));
      await sleep(arrivalPause * 4, undefined, { signal: this.signal });
    }
  }

  /** What to say of a kind that the API server does not serve. */
  async unserved(token: TokenKind): Promise<string> {
    return unservedKind(token, await this.discovery.served(token.apiVersion));
  }
}

/** Connects to the cluster that `config` names; an error says why it cannot be reached. */
export async function openSession(config: Properties, engine: Engine): Promise<Session> {
  const settings = readSettings(reveal(config));
  const target = findTarget(settings);
  const session = new Session(settings, settings.namespace ?? target.namespace, new Client(target), engine);
  // Every resource needs to know its kind: asked for here, a dead cluster is reported once instead of for each of them.
  await session.findKind({ apiVersion: "v1", kind: "Namespace" });
  return session;
}
