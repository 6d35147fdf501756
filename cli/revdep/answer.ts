import type { ClusterAnswer } from "../cluster";

/** What an API server gave. @throws Error with its objection. */
export function accepted(answer: ClusterAnswer): unknown {
  if (answer.status < 400) return answer.body;
  const { message } = (answer.body ?? {}) as { readonly message?: string };
  throw new Error(`the API server answered ${answer.status}: ${message ?? JSON.stringify(answer.body)}`);
}
