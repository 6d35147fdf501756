import { Uncertain } from "../frame/provider";
import type { Settings } from "./settings";

/** What the API refused. */
export class GithubError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export type Json = Readonly<Record<string, unknown>>;

/** How long a call may take, in milliseconds. */
const TIMEOUT_MS = 60_000;

/** A GitHub API, with somebody's token. */
export class Api {
  constructor(
    private readonly settings: Settings,
    private readonly cancelled: AbortSignal,
  ) {}

  get owner(): string {
    return this.settings.owner;
  }

  /** The path of a repository of the provider's owner, or of something in it. */
  repo(name: string, ...more: readonly string[]): string {
    return ["", "repos", this.owner, name, ...more].map(encodeURIComponent).join("/");
  }

  /** @throws GithubError when it refuses; Uncertain when nobody knows whether it has done it. */
  async call(
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    body?: object,
  ): Promise<Json> {
    const { api, token } = this.settings;
    let answer: { status: number; text: string };
    try {
      const response = await fetch(api + path, {
        method,
        headers: { authorization: `Bearer ${token}`, accept: "application/vnd.github+json" },
        signal: AbortSignal.any([this.cancelled, AbortSignal.timeout(TIMEOUT_MS)]),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      answer = { status: response.status, text: await response.text() };
    } catch (error) {
      throw unanswered(api, error);
    }
    const json = answer.text === "" ? {} : (JSON.parse(answer.text) as Json);
    if (answer.status < 300) return json;
    throw new GithubError(answer.status, `GitHub: ${String(json.message)} (${method} ${path})`);
  }
}

function unanswered(api: string, error: unknown): Error {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const message = `the GitHub API at ${api} does not answer: ${String(cause)}`;
  const refused = (cause as NodeJS.ErrnoException).code === "ECONNREFUSED";
  return refused ? new Error(message) : new Uncertain(message);
}

/** What `work` gives; undefined where the API says that it is not there. */
export async function ifThere<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GithubError && error.status === 404) return undefined;
    throw error;
  }
}
