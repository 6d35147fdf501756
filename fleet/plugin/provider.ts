import { setTimeout as sleep } from "node:timers/promises";

import { changedSettings } from "../../local/plugins/frame/config-changes";
import type { Engine } from "../../local/plugins/frame/engine";
import { checkFields, type Fields } from "../../local/plugins/frame/fields";
import type { CheckFailure, Provider } from "../../local/plugins/frame/provider";
import { type Plain, reveal, sameValue, textOf, type Value } from "../../local/plugins/frame/values";
import type { Clock } from "../clock";
import type { Ec2Options } from "../ec2";
import { stackTag } from "../tag";
import { checkSettings, readSettings } from "./settings";

/** The one kind of resource that the plugin has. */
export const SWEEP = "packit-fleet:index:Sweep";

/** Seconds in which swept instances have to be gone, without `customTimeouts`. EC2 takes some minutes at worst. */
const TIMEOUT = 900;

const fields: Fields = { tag: { type: "string", required: true, wrong: wrongTag } };

function wrongTag(value: Plain): string | undefined {
  try {
    stackTag(textOf(value));
    return undefined;
  } catch (error) {
    return error instanceof Error ? `is wrong: ${error.message}` : String(error);
  }
}

/**
 * A plugin whose one resource does nothing until it is deleted: then it ends every instance with the stack's tag.
 * Destroying a stack runs no program, but it deletes resources in the order of their dependencies: what hands out
 * builders before the sweep, what builders hold on to after it.
 */
export function fleetProvider(about: Pick<Provider, "name" | "version" | "description">): Provider {
  const stop = new AbortController();
  let access: Ec2Options = {};
  let engine: Engine | undefined;
  const clock: Clock = {
    now: () => new Date(),
    sleep: (seconds) => sleep(seconds * 1000, undefined, { signal: stop.signal }),
  };
  return {
    ...about,
    checkConfig: ({ news }) => ({ inputs: news, failures: checkSettings(reveal(news)) }),
    // Another key or place: the resource stays, and is deleted with what counts then.
    diffConfig: (request) => ({ changes: changedSettings(request) }),
    configure: (config, connected) => {
      access = readSettings(reveal(config));
      engine = connected;
    },
    check: ({ type, news }) => ({ inputs: news, failures: known(type, checkFields(reveal(news), fields)) }),
    diff: ({ oldInputs, news }) => ({
      changes: sameValue(reveal(oldInputs).tag, reveal(news).tag) ? {} : { tag: "update-replace" },
    }),
    create: ({ inputs, preview }) => ({ id: preview ? "" : tagOf(inputs.tag), state: inputs }),
    read: ({ id, state, inputs }) => ({ id, state: { ...state, tag: id }, inputs: { ...inputs, tag: id } }),
    update: ({ id, news }) => ({ id, state: news }),
    delete: async ({ urn, id, timeoutSeconds }) => {
      // The client of AWS is big, and only this needs it.
      const [{ ec2Fleet }, { sweep }] = await Promise.all([import("../ec2.js"), import("../sweep.js")]);
      const { terminated } = await sweep(ec2Fleet(access), stackTag(id), {
        timeout: timeoutSeconds > 0 ? timeoutSeconds : TIMEOUT,
        clock,
        log: (line) => engine?.log("info", line, urn),
      });
      engine?.progress(`${terminated.length} instances terminated and gone`, urn);
    },
    cancel: () => {
      stop.abort();
    },
  };
}

function known(type: string, failures: CheckFailure[]): CheckFailure[] {
  return type === SWEEP
    ? failures
    : [{ property: "", reason: `${type} is not there: the plugin has ${SWEEP} only` }];
}

function tagOf(value: Value | undefined): string {
  return textOf(reveal(value ?? null));
}
