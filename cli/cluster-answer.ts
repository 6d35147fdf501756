import type { ClusterAnswer } from "./cluster";

/** What an API server gave. @throws Error with its objection. */
export function accepted(answer: ClusterAnswer): unknown {
  if (answer.status < 400) return answer.body;
  throw new Error(`the API server answered ${answer.status}: ${objectionIn(answer)}`);
}

/** Why an API server did not do as asked, in its own words where it has some. */
export function objectionIn({ status, body }: ClusterAnswer): string {
  const { message } = Object(body) as { readonly message?: unknown };
  return typeof message === "string" && message !== "" ? message : `HTTP ${status}`;
}
