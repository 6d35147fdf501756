import { untilInterrupted } from "../../instances/interrupt";
import { findInstance } from "../../instances/find";
import type { AdmitOptions } from "../../instances/leases/api";
import { queueText, tellWhoHas } from "../../instances/leases/waiting";
import { namespacesOf } from "../../instances/namespaces";
import { settingsFor } from "../../instances/settings";
import { putToSleep, type Sleeper } from "../../instances/sleep/sleep";
import { wakeUp } from "../../instances/sleep/wake";
import { ofRecord } from "../../instances/view";
import { holderFor } from "../../instances/who";
import type { ProjectPaths } from "../../paths";
import { progress } from "../../report";

export interface SleepOptions {
  readonly wait: boolean;
  readonly by?: string;
}

export interface WakeOptions extends SleepOptions {
  readonly json: boolean;
}

/** Puts a test instance to sleep: no pod of it runs, its data stays. */
export async function sleep(paths: ProjectPaths, name: string, options: SleepOptions): Promise<number> {
  await untilInterrupted(async (signal) => putToSleep(await sleeper(paths, name, options, signal)));
  console.log(`${name} sleeps; npx packit-stacks wake ${name} wakes it`);
  return 0;
}

/** Wakes a test instance, once there is room for it, and waits until it is ready. */
export async function wake(paths: ProjectPaths, name: string, options: WakeOptions): Promise<number> {
  const record = await untilInterrupted(async (signal) => {
    const max = settingsFor(paths, name)?.testInstances.max ?? 1;
    const onPlace: AdmitOptions["onPlace"] = (place, living) => {
      progress(queueText(place, living));
    };
    return wakeUp({
      ...(await sleeper(paths, name, options, signal)),
      admit: { max, wait: options.wait, onPlace },
      onProgress: progress,
    });
  });
  console.log(options.json ? JSON.stringify(ofRecord(record), null, 2) : `${name} is live`);
  return 0;
}

async function sleeper(
  paths: ProjectPaths,
  name: string,
  { by, wait }: SleepOptions,
  signal: AbortSignal,
): Promise<Sleeper> {
  const { cluster, control } = await findInstance(paths, name);
  const hold = { wait, signal, onWait: tellWhoHas(name) };
  const settings = settingsFor(paths, name);
  if (settings === undefined)
    throw new Error(`the settings of ${name} are wrong: npx packit-stacks preview ${name}`);
  return { name, cluster, control, namespaces: namespacesOf(settings), holder: holderFor(by), hold };
}
