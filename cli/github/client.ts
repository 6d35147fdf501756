import { setTimeout as sleep } from "node:timers/promises";

import type { Octokit } from "@octokit/core" with { "resolution-mode": "import" };

/** How to reach GitHub's API. */
export interface GithubAccess {
  readonly token: string;
  /** Such as `https://api.github.com`. */
  readonly api: string;
}

/** What talks to GitHub. */
export type Github = Octokit;

/** GitHub's own address; Actions and others name another in `GITHUB_API_URL`. */
const GITHUB = "https://api.github.com";

/** How often an unlucky request is sent, and the longest pause before it is sent again, in seconds. */
const TRIES = 4;
const LONGEST_PAUSE = 60;

/** How long one answer may take, in milliseconds. */
const TIMEOUT = 30_000;

/**
 * The API that the environment names.
 * @throws Error when the address would carry the token over the network in the open.
 */
export function apiAddress(environment: Readonly<Partial<Record<string, string>>> = process.env): string {
  const address = environment.GITHUB_API_URL ?? GITHUB;
  const { protocol, hostname } = URL.canParse(address) ? new URL(address) : { protocol: "", hostname: "" };
  if (protocol === "https:" || (protocol === "http:" && /^(?:localhost|127\.0\.0\.1)$/.test(hostname))) {
    return address.replace(/\/+$/, "");
  }
  throw new Error(
    `GITHUB_API_URL is ${JSON.stringify(address)}: set it to an address that begins with https://`,
  );
}

/** A client for GitHub's API, which is loaded with it. It asks again when GitHub is busy. */
export async function githubClient({ token, api }: GithubAccess): Promise<Github> {
  const { Octokit: Client } = await import("@octokit/core");
  const client = new Client({ auth: token, baseUrl: api, userAgent: "packit-stacks" });
  client.hook.wrap("request", async (request, options) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const signal = AbortSignal.timeout(TIMEOUT);
        return await request({ ...options, request: { signal, ...options.request } });
      } catch (error) {
        const pause = attempt < TRIES ? pauseAfter(error, attempt, options.method === "GET") : undefined;
        if (pause === undefined) throw plain(error, options.method, options.url);
        await sleep(pause * 1000);
      }
    }
  });
  return client;
}

/** The status of a refusal; undefined when there was no answer. */
export function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  return typeof status === "number" ? status : undefined;
}

interface Refused {
  readonly status?: number;
  readonly response?: { readonly headers?: Readonly<Partial<Record<string, string | number>>> };
}

/** Seconds to wait before the next try; undefined when that would be no use, or would do something twice. */
function pauseAfter(error: unknown, attempt: number, harmless: boolean): number | undefined {
  const { status = 500, response } = error as Refused;
  const asked = Number(response?.headers?.["retry-after"]);
  const limited = status === 429 || (status === 403 && Number.isFinite(asked));
  if (limited) return asked <= LONGEST_PAUSE ? asked : undefined;
  return harmless && status >= 500 ? 2 ** (attempt - 2) : undefined;
}

/** GitHub's words without the request, whose headers hold the token. */
function plain(error: unknown, method: string, url: string): Error {
  const message = error instanceof Error ? error.message.replace(/ - https:\S+$/, "") : String(error);
  const status = statusOf(error);
  const where = `${method} ${url.replace(/^https?:\/\/[^/]+/, "")}`;
  return Object.assign(new Error(`GitHub: ${message} (${where})`), status !== undefined && { status });
}
