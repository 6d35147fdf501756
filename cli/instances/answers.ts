import { request } from "node:https";

import { OWN_AGENT } from "./use/request-line";

/** How long an instance may take to answer, in milliseconds. */
const PATIENCE_MS = 5_000;

/** Path at which the web API says that it is well. */
const HEALTH_PATH = "/api/healthz";

/**
 * Whether an instance's API answers from here, in words. That it does not says little: its hosts may be known
 * elsewhere only.
 */
export async function answerOf(host: string): Promise<string> {
  const url = `https://${host}${HEALTH_PATH}`;
  try {
    const status = await statusOf(url);
    return status < 400 ? `${url} answers` : `${url} answers with HTTP ${status}`;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (/CERT|SIGNATURE|ALTNAME/.test(code))
      return `${url} answers, with a certificate that is not known here`;
    return `${url} cannot be reached from here (${error instanceof Error ? error.message : String(error)})`;
  }
}

function statusOf(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { timeout: PATIENCE_MS, headers: { "user-agent": OWN_AGENT } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on("timeout", () => asked.destroy(new Error(`no answer within ${PATIENCE_MS / 1000} s`)));
    asked.on("error", reject);
    asked.end();
  });
}
