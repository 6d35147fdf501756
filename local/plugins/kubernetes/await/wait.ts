import type { KubeObject } from "../object";
import type { Place } from "../api/objects";
import type { Session } from "../cluster/session";
import { describe, pulumiAnnotation, textAt } from "../object";
import { diagnose } from "./diagnosis";

/** How long an object may take to get ready or to go, unless somebody says otherwise, in seconds. */
export const usualPatience = 600;

/** How often the reasons are looked for while an object is waited for, in milliseconds. */
const interval = 4_000;

/** What {@link waitFor} waits for. */
export interface Wait {
  readonly urn: string;
  readonly place: Place;
  /** The object as it is now. */
  readonly object: KubeObject;
  readonly patience: number;
  /** How a message calls what is waited for: "is not ready". */
  readonly unmet: string;
  /** Undefined when the wait is over, else what it waits for; an error ends it as failed. Told of a gone object by undefined. */
  readonly check: (object: KubeObject | undefined) => string | undefined;
}

/** A wait that did not end well, with the object as it was last. */
export class GaveUp extends Error {
  constructor(
    readonly last: KubeObject,
    readonly reasons: readonly string[],
  ) {
    super(reasons.join("\n"));
  }
}

/** How many seconds to wait for an object: by the option `customTimeouts`, its annotation, or as usual. */
export function patienceFor(object: KubeObject, customSeconds: number): number {
  const annotated = Number(pulumiAnnotation(object, "timeoutSeconds"));
  return customSeconds || (annotated > 0 ? annotated : usualPatience);
}

/** Follows an object until `check` is content and returns its last state; {@link GaveUp} when that does not happen. */
export async function waitFor(session: Session, wait: Wait): Promise<KubeObject> {
  let last = wait.object;
  let waiting: string | undefined;
  try {
    waiting = wait.check(last);
  } catch (error) {
    throw new GaveUp(last, [`${describe(last)} ${(error as Error).message}`]);
  }
  if (waiting === undefined) return last;
  const { place, urn } = wait;
  const started = Date.now();
  let told = "";
  const tell = (text: string): void => {
    if (text !== told) session.engine.progress(text, urn);
    told = text;
  };
  tell(waiting);

  const giveUp = async (why: string): Promise<GaveUp> =>
    new GaveUp(last, [`${describe(last)} ${why}`, ...(await diagnose(session, place, last).catch(() => []))]);

  return await new Promise<KubeObject>((resolve, reject) => {
    let over = false;
    const finish = (end: () => void): void => {
      if (over) return;
      over = true;
      clearInterval(ticks);
      clearTimeout(limit);
      session.signal.removeEventListener("abort", cancelled);
      // The listener may be called before `follow` has returned.
      setImmediate(() => {
        unfollow();
      });
      end();
    };
    const fail = (why: string): void => {
      finish(() => void giveUp(why).then(reject));
    };
    const look = (object: KubeObject | undefined): void => {
      if (over || (object !== undefined && isOlder(object, last))) return;
      last = object ?? last;
      try {
        waiting = wait.check(object);
      } catch (error) {
        fail((error as Error).message);
        return;
      }
      if (waiting === undefined) {
        // Else the engine goes on showing what was waited for last.
        tell("done");
        finish(() => {
          resolve(last);
        });
      } else tell(waiting);
    };
    const cancelled = (): void => {
      finish(() => {
        reject(
          new GaveUp(last, [
            `${describe(last)} ${wait.unmet}: the update was cancelled while ${waiting ?? ""}`,
          ]),
        );
      });
    };
    const tick = async (): Promise<void> => {
      // Asked for again in case the watch is broken or not allowed.
      const [reasons, now] = await Promise.all([diagnose(session, place, last), session.objects.get(place)]);
      look(
        now === undefined || textAt(now, "metadata", "uid") !== textAt(last, "metadata", "uid")
          ? undefined
          : now,
      );
      // The engine shows one line.
      if (!over) tell([waiting ?? "", ...reasons.slice(0, 1)].join(": "));
    };
    const ticks = setInterval(() => void tick().catch(() => undefined), interval);
    const limit = setTimeout(() => {
      const seconds = Math.round((Date.now() - started) / 1000);
      fail(`${wait.unmet} after ${seconds} s: ${waiting ?? ""}`);
    }, wait.patience * 1000);
    session.signal.addEventListener("abort", cancelled);
    const unfollow = session.watches.follow(
      place.kind,
      place.namespace,
      textAt(last, "metadata", "uid"),
      look,
    );
    if (session.signal.aborted) cancelled();
  });
}

/** Versions of an object are counted upwards; a watch may still tell of one from before our change. */
function isOlder(object: KubeObject, than: KubeObject): boolean {
  const [version, known] = [object, than].map((item) => textAt(item, "metadata", "resourceVersion"));
  if (!/^\d+$/.test(version ?? "") || !/^\d+$/.test(known ?? "")) return false;
  return BigInt(version ?? 0) < BigInt(known ?? 0);
}
