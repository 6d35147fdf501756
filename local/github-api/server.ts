import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { Hub } from "./hub";
import { type Answer, notFound, Refusal, type Route } from "./route";
import { routes } from "./routes";

/** A request that has been answered, for whoever wants to know what was asked. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** The fake, listening. */
export interface GithubApi {
  readonly hub: Hub;
  /** Such as `http://127.0.0.1:4711`. */
  readonly url: string;
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

/** No body of this API is longer. */
const MAX_BODY = 1_000_000;

/** Starts a GitHub API on this machine that keeps everything in memory. @param port - 0: a free one. */
export async function startGithubApi(hub = new Hub(), port = 0): Promise<GithubApi> {
  const seen: Seen[] = [];
  let url = "";
  const server = createServer((request, response) => {
    void respond(hub, url, request).then((answer) => {
      seen.push({ method: request.method ?? "", path: request.url ?? "", status: answer.status });
      write(response, answer, new URL(request.url ?? "", url));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    hub,
    url,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function respond(hub: Hub, origin: string, request: IncomingMessage): Promise<Answer> {
  try {
    const { pathname, searchParams } = new URL(request.url ?? "", origin);
    const token = /^(?:Bearer|token) (\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const login = hub.tokens.get(token);
    if (login === undefined) throw new Refusal(401, "Bad credentials");
    const trouble = hub.trouble?.(request.method ?? "", pathname);
    if (trouble !== undefined) throw trouble;
    for (const route of routes) {
      const path = request.method === route.method ? matched(route, pathname) : undefined;
      if (path === undefined) continue;
      const body = await readBody(request);
      return await route.handle({ hub, login, path, query: searchParams, body });
    }
    throw notFound();
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 500;
    return { status, body: { message: error instanceof Error ? error.message : String(error) } };
  }
}

/** The parts of the path that the route names; undefined when it is another route's. */
function matched({ path }: Route, pathname: string): Record<string, string> | undefined {
  const wanted = path.split("/");
  const given = pathname.split("/");
  if (wanted.length !== given.length) return undefined;
  const parts: Record<string, string> = {};
  for (const [i, word] of wanted.entries()) {
    const text = given[i] ?? "";
    if (word.startsWith(":")) parts[word.slice(1)] = decodeURIComponent(text);
    else if (word !== text) return undefined;
  }
  return parts;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MAX_BODY) throw new Refusal(413, "Payload too large");
  }
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "Problems parsing JSON");
  }
}

function write(response: ServerResponse, { status, body, nextPage }: Answer, url: URL): void {
  const headers: Record<string, string> = { "content-type": "application/json; charset=utf-8" };
  if (nextPage !== undefined) {
    url.searchParams.set("page", String(nextPage));
    headers.link = `<${url.href}>; rel="next"`;
  }
  response.writeHead(status, headers).end(body === undefined ? "" : JSON.stringify(body));
}
