import {
  Agent as PlainAgent,
  type IncomingMessage,
  request as plainRequest,
  type RequestOptions,
} from "node:http";
import { Agent, request as tlsRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { Uncertain } from "../../frame/provider";
import type { Plain } from "../../frame/values";
import { type Credentials, credentials, trust } from "../cluster/credentials";
import type { Target } from "../cluster/kubeconfig";
import { ApiError, Unreachable } from "./api-error";

/** How long connecting may take before the cluster counts as unreachable, in milliseconds. */
const connectTimeout = 8_000;
/** How long an answer may take, in milliseconds; the API server itself gives up after a minute. */
const answerTimeout = 70_000;
/** Pauses before a request is sent again, in milliseconds; together below the 10 s in which a dead cluster is reported. */
const pauses = [100, 300, 700, 1500, 3000];
/** More connections than this only make the API server's queues longer. */
const maxSockets = 16;

/** One request to the API server. */
export interface Call {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With its query. */
  readonly path: string;
  readonly body?: Plain;
  /** @default "application/json" */
  readonly contentType?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

/** The API server's answer. */
export interface Answer {
  readonly code: number;
  readonly body: Plain;
}

/** Talks to one API server as one user, over connections that are kept open. */
export class Client {
  private readonly agent: Agent | PlainAgent;
  private current: Promise<Credentials> | undefined;
  private answered = false;

  constructor(readonly target: Target) {
    const options = { keepAlive: true, maxSockets, scheduling: "lifo" as const };
    this.agent = this.secure ? new Agent({ ...options, ...trust(target) }) : new PlainAgent(options);
  }

  private get secure(): boolean {
    return this.target.server.startsWith("https:");
  }

  /** Sends `call` and takes the whole answer; a refusal is thrown as {@link ApiError}. */
  async send(call: Call): Promise<Answer> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.once(call);
      } catch (error) {
        const pause = pauses[attempt];
        if (pause === undefined || call.signal?.aborted === true || !this.worthAnother(error, call))
          throw error;
        if (error instanceof ApiError && error.code === 401) this.current = undefined;
        await sleep(pause, undefined, { signal: call.signal });
      }
    }
  }

  /** Sends `call` and hands over the open answer, for a watch. */
  async open(call: Call): Promise<IncomingMessage> {
    const response = await this.exchange(call);
    if (response.statusCode === 200) return response;
    const text = await readAll(response);
    throw refusal(response.statusCode ?? 0, text, call, this.target);
  }

  private async once(call: Call): Promise<Answer> {
    const response = await this.exchange(call);
    let text: string;
    try {
      text = await readAll(response);
    } catch (error) {
      throw this.unreachable(error as Error, true);
    }
    const code = response.statusCode ?? 0;
    if (code >= 300) throw refusal(code, text, call, this.target);
    this.answered = true;
    return { code, body: text === "" ? null : (JSON.parse(text) as Plain) };
  }

  private worthAnother(error: unknown, call: Call): boolean {
    if (error instanceof ApiError) {
      // A token from a credential command may have run out.
      if (error.code === 401) return this.answered && this.target.user.exec !== undefined;
      return (
        error.code === 429 ||
        error.code === 503 ||
        (error.code === 500 && /etcdserver|timed out/.test(error.message))
      );
    }
    // What has never answered is not there; what has may be starting again. An apply or a delete can be repeated.
    return error instanceof Unreachable && this.answered && (!error.sent || call.method !== "POST");
  }

  private async exchange(call: Call): Promise<IncomingMessage> {
    const { authorization, cert, key } = await this.login();
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const headers: Record<string, string | number> = { accept: call.accept ?? "application/json" };
    if (authorization !== undefined) headers.authorization = authorization;
    if (body !== undefined) {
      headers["content-type"] = call.contentType ?? "application/json";
      headers["content-length"] = Buffer.byteLength(body);
    }
    const pair = cert === undefined ? {} : { cert, key };
    const options: RequestOptions = { method: call.method, headers, agent: this.agent, ...pair };
    if (call.signal !== undefined) options.signal = call.signal;
    return await new Promise<IncomingMessage>((resolve, reject) => {
      const send = this.secure ? tlsRequest : plainRequest;
      const request = send(this.target.server + call.path, options, resolve);
      let connected = false;
      const giveUpAfter = (time: number): NodeJS.Timeout =>
        setTimeout(() => request.destroy(new Error(`no answer in ${time / 1000} s`)), time);
      let timer = giveUpAfter(connectTimeout);
      const mark = (): void => {
        connected = true;
        clearTimeout(timer);
        timer = giveUpAfter(answerTimeout);
      };
      request.on("socket", (socket) => {
        if (!socket.connecting) mark();
        else socket.once(this.secure ? "secureConnect" : "connect", mark);
      });
      request.on("response", () => {
        clearTimeout(timer);
      });
      request.on("error", (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        // The server closed a kept connection at the moment it was used again: it never saw this request.
        const stale = request.reusedSocket && error.code === "ECONNRESET";
        reject(call.signal?.aborted === true ? error : this.unreachable(error, connected && !stale));
      });
      request.end(body);
    });
  }

  private async login(): Promise<Credentials> {
    const known = await (this.current ??= credentials(this.target));
    // Ten seconds before the end, so that no request arrives with what has just run out.
    if (known.expires === undefined || known.expires - 10_000 > Date.now()) return known;
    return await (this.current = credentials(this.target));
  }

  private unreachable(error: Error, sent: boolean): Unreachable {
    const { server, source, context } = this.target;
    return new Unreachable(
      `cannot reach the Kubernetes API server ${server} (${source}, context "${context}"): ${error.message}\n` +
        `Start the cluster, or correct the provider's "kubeconfig" and "context".`,
      sent,
    );
  }
}

function refusal(code: number, text: string, call: Call, target: Target): ApiError {
  let status: Plain | undefined;
  try {
    status = JSON.parse(text) as Plain;
  } catch {
    status = undefined;
  }
  if (code === 401) {
    const { server, source, context } = target;
    return new ApiError(code, {}, `${server} refuses the credentials of context "${context}" in ${source}`);
  }
  return new ApiError(code, status, `${call.method} ${call.path}: HTTP ${code} ${text.slice(0, 200)}`);
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** The error for a write that may or may not have been made, so that the engine keeps a note of it. */
export function afterWrite(error: unknown): unknown {
  return error instanceof Unreachable && error.sent ? new Uncertain(error.message) : error;
}
