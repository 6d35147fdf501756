import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { pullRequestText } from "../github/pull-request";
import type { PullRequestEvent } from "../instances/comments/event";
import { Queues } from "./queues";
import { Door, type Received } from "./receive";

/** Where and how the bot listens. */
export interface BotOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** What GitHub signs its deliveries with. */
  readonly secret: string;
  /** Whose repositories count. */
  readonly owner: string;
  /** Does what an event asks for. Whatever fails in it is told elsewhere. */
  readonly act: (event: PullRequestEvent) => Promise<void>;
  readonly log: (line: string) => void;
}

/** A webhook server that runs. */
export interface Bot {
  /** Such as `http://127.0.0.1:4711`. */
  readonly url: string;
  /** Takes nothing more and waits for the work at hand. */
  stop(): Promise<void>;
}

/** The longest delivery that is read, in bytes. An event of a comment has at most 100 KB or so. */
export const MAX_BODY = 1_000_000;

/** Events that may wait for one pull request. */
const MAX_WAITING = 10;

/** How long a delivery may take to come in, in milliseconds. */
const RECEIVE_MS = 10_000;

/** Starts the webhook server. Events of one pull request are acted upon one after another. */
export async function startBot({ host, port, secret, owner, act, log }: BotOptions): Promise<Bot> {
  const door = new Door(secret, owner);
  const queues = new Queues(MAX_WAITING);
  let stopping = false;

  const deliver = async (request: IncomingMessage): Promise<Received> => {
    if (request.method === "GET" && request.url === "/healthz") return { status: 200, message: "ok" };
    if (request.url !== "/") return { status: 404, message: "not here" };
    if (request.method !== "POST") return { status: 405, message: "only deliveries of GitHub's" };
    if (stopping) return { status: 503, message: "stopping" };
    const body = await readBody(request);
    if (body === undefined) return { status: 413, message: `longer than ${MAX_BODY} bytes` };
    const received = door.receive(request.headers, body, Date.now());
    const { event } = received;
    if (event === undefined) return received;
    const key = pullRequestText(event.pull);
    const work = () =>
      act(event).catch((error: unknown) => {
        log(`${key}: ${String(error)}`);
      });
    return queues.add(key, work) ? received : { status: 429, message: "too much is waiting" };
  };

  const server = createServer(
    { requestTimeout: RECEIVE_MS, headersTimeout: RECEIVE_MS },
    (request, response) => {
      void deliver(request)
        .catch((): Received => ({ status: 400, message: "the request broke off" }))
        .then(({ status, message, event }) => {
          const about = event === undefined ? "" : ` ${pullRequestText(event.pull)}`;
          if (request.url !== "/healthz") log(`${status} ${message}${about}`);
          response
            .writeHead(status, { "content-type": "text/plain", connection: "close" })
            .end(`${message}\n`);
          // What is left of a delivery that is too long is not read.
          if (!request.complete) request.destroy();
        });
    },
  );
  await listen(server, port, host);
  const address = server.address() as AddressInfo;
  return {
    url: `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`,
    stop: async () => {
      stopping = true;
      server.close();
      await queues.settled();
      server.closeAllConnections();
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** The body; undefined when it is longer than what is read. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > MAX_BODY) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const part = chunk as Buffer;
    length += part.length;
    if (length > MAX_BODY) return undefined;
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}
