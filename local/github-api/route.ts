import * as z from "zod";

import { type Hub, type Permission, PERMISSIONS, type Repository } from "./hub";

/** A refusal, as the API words it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** What a route answers; without a body for 204. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** What is left of a list, by number of the next page. */
  readonly nextPage?: number;
}

/** A request to one route. */
export interface Call<Body> {
  readonly hub: Hub;
  /** Whose token it came with. */
  readonly login: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
}

/** One path and method. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Such as `/repos/:owner/:repo`. */
  readonly path: string;
  readonly handle: (call: Call<unknown>) => Answer | Promise<Answer>;
}

/** A route whose body has these fields and no other. */
export function route<Body>(
  method: Route["method"],
  path: string,
  body: z.ZodType<Body>,
  work: (call: Call<Body>) => Answer | Promise<Answer>,
): Route {
  return {
    method,
    path,
    handle: (call) => {
      const parsed = body.safeParse(call.body ?? {});
      if (parsed.success) return work({ ...call, body: parsed.data });
      throw new Refusal(422, `Validation Failed: ${z.prettifyError(parsed.error).replaceAll("\n", " ")}`);
    },
  };
}

/** A route of a repository, for those who have the permission there. */
export function repositoryRoute<Body>(
  method: Route["method"],
  path: string,
  needs: Permission,
  body: z.ZodType<Body>,
  work: (repository: Repository, call: Call<Body>) => Answer | Promise<Answer>,
): Route {
  return route(method, `/repos/:owner/:repo${path}`, body, (call) => {
    const repository = call.hub.find(call.path.owner ?? "", call.path.repo ?? "");
    const has = repository === undefined ? "none" : call.hub.permission(repository, call.login);
    // GitHub does not tell what somebody may not see from what is not there.
    if (repository === undefined || has === "none") throw notFound();
    if (PERMISSIONS.indexOf(has) < PERMISSIONS.indexOf(needs)) {
      throw new Refusal(403, "Resource not accessible by personal access token");
    }
    return work(repository, call);
  });
}

/** For routes without a body. */
export const noBody = z.strictObject({});

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}

export const noContent: Answer = { status: 204 };

export function notFound(): Refusal {
  return new Refusal(404, "Not Found");
}

/** What a map has under a number of the path. @throws Refusal when it has nothing. */
export function entry<T>(map: ReadonlyMap<number, T>, id: string | undefined): T {
  const found = map.get(Number(id));
  if (found === undefined) throw notFound();
  return found;
}

/** The page of a list that the query asks for. */
export function page<T>(
  items: readonly T[],
  query: URLSearchParams,
): { items: readonly T[]; nextPage?: number } {
  const size = Math.min(Number(query.get("per_page") ?? 30), 100);
  const number = Number(query.get("page") ?? 1);
  const part = items.slice((number - 1) * size, number * size);
  return number * size < items.length ? { items: part, nextPage: number + 1 } : { items: part };
}

/** The answer to a question for a list. */
export function listOf<T>(items: readonly T[], query: URLSearchParams, shown: (item: T) => unknown): Answer {
  const { items: part, nextPage } = page(items, query);
  return { ...ok(part.map(shown)), ...(nextPage !== undefined && { nextPage }) };
}
