import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

import { parseDocument } from "yaml";

import { EVERYTHING } from "../test/stacks/everything";
import type { Clone } from "./clone";
import { Stack, type StackOptions } from "./stack";

/** An environment with every component, with a backend and a settings file of its own. */
export async function completeStack(clone: Clone, options: StackOptions): Promise<Stack> {
  const { name } = options;
  const tracked = clone.path(`Pulumi.${name}.yaml`);
  const local = clone.path(".local", "stacks", `Pulumi.${name}.yaml`);
  const [trackedBefore, localBefore] = [readFileSync(tracked), readFileSync(local)];
  const settings = clone.path(".local", "stacks", `Pulumi.${name}-complete.yaml`);
  writeFileSync(tracked, withEverything(trackedBefore.toString()));
  await clone.stacks("example-secrets", name, "--local");
  cpSync(local, settings);
  writeFileSync(tracked, trackedBefore);
  writeFileSync(local, localBefore);
  const state = clone.path(".local", "complete-state");
  cpSync(clone.path(".local", "state"), state, { recursive: true });
  const environment = {
    ...options.environment,
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_OPTION_CONFIG_FILE: settings,
  };
  return new Stack({ ...options, environment, settings: [settings] });
}

function withEverything(text: string): string {
  const document = parseDocument(text);
  for (const [key, values] of Object.entries(EVERYTHING)) {
    for (const [name, value] of Object.entries(values))
      document.setIn(["config", `packit:${key}`, name], value);
  }
  return document.toString();
}
