import { randomUUID } from "node:crypto";

import { signatureOf } from "../../../cli/bot/signature";

export const SECRET = "it is a long and secret word";

/** What GitHub tells when somebody comments on a pull request of packit-service. */
export function commented(body: string, login = "jane", at = new Date(), number = 614): object {
  return {
    action: "created",
    repository: { name: "packit-service", owner: { login: "packit" } },
    sender: { login, type: "User" },
    issue: {
      number,
      pull_request: { url: `https://api.github.com/repos/packit/packit-service/pulls/${number}` },
    },
    comment: { id: 7, body, created_at: at.toISOString().replace(/\.\d+/, ""), user: { login } },
  };
}

/** What GitHub tells of the pull request itself. */
export function pullRequest(action: string, more: object, login = "jane", number = 614): object {
  return {
    action,
    repository: { name: "packit-service", owner: { login: "packit" } },
    sender: { login, type: "User" },
    pull_request: { number, updated_at: new Date().toISOString(), merged: false },
    ...more,
  };
}

/** What a delivery is to be beside its payload. */
interface Delivery {
  readonly event?: string;
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a delivery as GitHub does, with changes. */
export async function deliver(
  url: string,
  payload: unknown,
  { event = "issue_comment", secret = SECRET, headers = {} }: Delivery = {},
): Promise<{ status: number; text: string }> {
  const body = Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload));
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": signatureOf(body, secret),
      ...headers,
    },
    body,
  });
  return { status: answer.status, text: await answer.text() };
}
