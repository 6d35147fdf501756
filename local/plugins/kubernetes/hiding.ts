import { secretTexts } from "../frame/marked";
import { NotReady } from "../frame/provider";
import type { Properties } from "../frame/values";

/** Shorter texts are left: hidden wherever they happen to stand they would only make messages unreadable. */
const shortest = 4;

/** Does `work`; what it throws does not tell the secrets among `inputs`, which an API server may quote in a refusal. */
export async function hiding<T>(inputs: Properties, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const secrets = [...secretTexts(inputs, shortest)].flatMap((text) => [
      text,
      Buffer.from(text).toString("base64"),
    ]);
    const hide = (text: string): string =>
      secrets.reduce((shown, secret) => shown.replaceAll(secret, "[secret]"), text);
    if (error instanceof NotReady) {
      throw new NotReady(hide(error.message), error.made, error.inputs, error.reasons.map(hide));
    }
    error.message = hide(error.message);
    throw error;
  }
}
