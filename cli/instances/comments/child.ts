import { spawn } from "node:child_process";

import { referenceText } from "../../../stacks/settings/references";
import type { InstanceView } from "../view";
import type { Operations, Report } from "./operations";

/** How this program calls itself. */
export interface OwnCommand {
  readonly file: string;
  /** What comes before the command's own words. */
  readonly args: readonly string[];
  /** Folder of the checkout. */
  readonly root: string;
  readonly environment: Readonly<Partial<Record<string, string>>>;
}

/** Characters of a command's messages that are kept, the last ones. */
const KEPT = 60_000;

/** Lines of a log that are asked for, of each container. */
const LOG_LINES = "60";

/** What stands before what a step of a deployment says. */
const STEP = /^· (build|free|clean|deploy|check): (.*)$/;

/**
 * Operations by the same commands that people type, each in a process of its own, without a shell.
 *
 * @param pull - On whose behalf: `packit/ogr#12`.
 * @param stop - Ends what runs; the commands tidy up after themselves.
 */
export function childOperations(own: OwnCommand, pull: string, stop: AbortSignal): Operations {
  const by = `--by=pull:${pull}`;
  const run = (args: readonly string[], onLine?: (line: string) => void): Promise<string> =>
    runCommand(own, args, stop, onLine);
  const held = async (): Promise<readonly InstanceView[]> => {
    const all = JSON.parse(await run(["list", "--json", "--details"])) as readonly InstanceView[];
    return all.filter(({ holder }) => holder?.kind === "pull" && holder.name === pull);
  };
  return {
    held,
    deploy: async ({ base, references, ttl }, report) => {
      const time = ttl === undefined ? [] : [`--ttl=${ttl}`];
      const words = references.map(referenceText);
      const options = [`--base=${base}`, ...time, by, "--wait", "--yes", "--json"];
      const text = await run(["deploy", ...options, ...words], (line) => {
        const news = newsIn(line);
        if (news !== undefined) report(news);
      });
      return JSON.parse(text) as InstanceView;
    },
    destroy: async (name) => {
      await run(["destroy", name, by, "--wait", "--yes"]);
    },
    extend: async (name, ttl) => {
      const time = ttl === undefined ? [] : [`--ttl=${ttl}`];
      return JSON.parse(await run(["extend", name, ...time, "--json"])) as InstanceView;
    },
    wake: async (name) => JSON.parse(await run(["wake", name, by, "--wait", "--json"])) as InstanceView,
    logs: (name, component) =>
      run(["logs", name, ...(component === undefined ? [] : [component]), `--lines=${LOG_LINES}`]),
  };
}

/** What a line of a deployment says of its state. */
function newsIn(line: string): Report | undefined {
  const [, step = "", text = ""] = STEP.exec(line) ?? [];
  if (step === "") return undefined;
  return { state: step === "free" ? "queued" : step === "build" ? "building" : "deploying", step: text };
}

/** Runs a command to its end and gives what it printed. @throws Error with its own words when it failed. */
function runCommand(
  { file, args: before, root, environment }: OwnCommand,
  args: readonly string[],
  stop: AbortSignal,
  onLine: (line: string) => void = () => undefined,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...before, ...args], {
      cwd: root,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      signal: stop,
    });
    let output = "";
    let messages = "";
    let rest = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      messages = (messages + text).slice(-KEPT);
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(onLine);
    });
    child.once("error", (error) => {
      reject(stop.aborted ? new Error(`packit-stacks ${args[0] ?? ""} was stopped`) : error);
    });
    child.once("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(failureIn(messages, args[0] ?? "", code)));
    });
  });
}

/** What a command says of its failure: everything from its last error on, else its last lines. */
function failureIn(messages: string, command: string, code: number | null): string {
  const lines = messages.trimEnd().split("\n");
  const at = lines.findLastIndex((line) => line.startsWith("error: "));
  const words = (at === -1 ? lines.slice(-20) : lines.slice(at)).join("\n").replace(/^error: /, "");
  return words === "" ? `packit-stacks ${command} ended with code ${code ?? "of a signal"}` : words;
}
