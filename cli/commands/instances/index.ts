import { Command, InvalidArgumentError, Option } from "commander";

import { run } from "../../run";
import type { DeployOptions } from "./deploy";
import type { ExtendOptions } from "./extend";
import type { ListOptions } from "./list";
import type { LogsOptions } from "./logs";
import { by, json, wait, yes } from "./options";
import type { ReapOptions } from "./reap";
import type { SleepOptions, WakeOptions } from "./sleep";
import type { StatusOptions } from "./status";

const NAME = "for example stg-pr-614; packit-stacks list shows them";

const IMAGE_HELP = "run an image that is there already instead of building it: worker=quay.io/…@sha256:…";

/** Commands for the test instances of pull requests. Their actions are loaded when they are called. */
export const instanceCommands: readonly Command[] = [
  new Command("deploy")
    .description("make or update a test instance of pull requests, branches, commits or forks")
    .argument(
      "[REPO=REF...]",
      "packit-service=614, ogr=branch:main, packit=sha:1f2e3d4, dashboard=octocat:mend",
    )
    .option("--base <base>", "what everything else is as: stg, prod, dev or fedora-ci-stg", "stg")
    .option(
      "--only <components>",
      "leave out all other components: worker,dashboard; all: as the base has them",
    )
    .option(
      "--ttl <time>",
      "how long it lives from now on: 3h, 7d, or never with --reason; as settings say without",
    )
    .option("--reason <text>", "why it lives for ever")
    .option("--name <word>", "call it <base>-<word> instead of after its pull requests")
    .addOption(new Option("--image <name=image>", IMAGE_HELP).default([], "none").argParser(listed))
    .addOption(wait)
    .option("--watch", "stay, tell what changes, and deploy again what is pushed, until interrupted", false)
    .option("--dry-run", "say what would be done; write, build and deploy nothing", false)
    .addOption(yes)
    .addOption(json)
    .addOption(by)
    .addHelpText("after", "\ndocs/test-instances.md says how it all works.")
    .action(
      run(async (paths, references: string[], options: DeployOptions) => {
        const { deploy } = await import("./deploy.js");
        return deploy(paths, references, options);
      }),
    ),
  new Command("list")
    .description("list the test instances of every cluster that the settings name")
    .addOption(json)
    .option("--details", "with --json: all that is known, such as why it failed and who works on it", false)
    .addOption(
      new Option(
        "--html [file]",
        "write a web page of them into a file, or onto standard output (also with -)",
      ).conflicts("json"),
    )
    .action(
      run(async (paths, options: ListOptions) => {
        const { list } = await import("./list.js");
        return list(paths, options);
      }),
    ),
  new Command("status")
    .description("say what a test instance is at, and which of its pods are ready")
    .argument("<name>", NAME)
    .addOption(json)
    .action(
      run(async (paths, name: string, options: StatusOptions) => {
        const { status } = await import("./status.js");
        return status(paths, name, options);
      }),
    ),
  new Command("logs")
    .description("print the logs of a test instance's pods")
    .argument("<name>", NAME)
    .argument("[component]", "such as packit-service or packit-worker; all without")
    .option("--lines <number>", "last lines of each container", "100")
    .option("-f, --follow", "go on as new lines come", false)
    .option("--previous", "of the container that ran before this one", false)
    .action(
      run(async (paths, name: string, component: string | undefined, options: LogsOptions) => {
        const { logs } = await import("./logs.js");
        return logs(paths, name, component, options);
      }),
    ),
  new Command("open")
    .description("open a test instance in a browser, or print its address")
    .argument("<name>", NAME)
    .argument("[page]", "dashboard, api or workers")
    .action(
      run(async (paths, name: string, page: string | undefined) => {
        const { open } = await import("./open.js");
        return open(paths, name, page);
      }),
    ),
  new Command("extend")
    .description("let a test instance live for a while from now on")
    .argument("<name>", NAME)
    .option("--ttl <time>", "how long: 3h, 7d, or never with --reason; as settings say without")
    .option("--reason <text>", "why it lives for ever")
    .addOption(json)
    .action(
      run(async (paths, name: string, options: ExtendOptions) => {
        const { extend } = await import("./extend.js");
        return extend(paths, name, options);
      }),
    ),
  new Command("sleep")
    .description("stop every pod of a test instance and keep its data; others may have its place")
    .argument("<name>", NAME)
    .addOption(wait)
    .addOption(by)
    .action(
      run(async (paths, name: string, options: SleepOptions) => {
        const { sleep } = await import("./sleep.js");
        return sleep(paths, name, options);
      }),
    ),
  new Command("wake")
    .description("start a sleeping test instance again, once there is room")
    .argument("<name>", NAME)
    .addOption(wait)
    .addOption(json)
    .addOption(by)
    .action(
      run(async (paths, name: string, options: WakeOptions) => {
        const { wake } = await import("./sleep.js");
        return wake(paths, name, options);
      }),
    ),
  new Command("reap")
    .description("destroy test instances whose time or pull request has ended, put the unused to sleep")
    .addOption(new Option("--dry-run", "only say what would be done (so on a terminal without --yes)"))
    .addOption(yes)
    .addOption(new Option("--at-once <number>", "how many at the same time").default(4).argParser(positive))
    .addOption(json)
    .addOption(by)
    .addHelpText("after", "\nPull requests are looked up on GitHub when GITHUB_TOKEN is set.")
    .action(
      run(async (paths, options: ReapOptions) => {
        const { reap } = await import("./reap.js");
        return reap(paths, options);
      }),
    ),
];

function positive(word: string): number {
  const number = Number(word);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("write a whole number from 1.");
  return number;
}

function listed(word: string, before: readonly string[]): readonly string[] {
  return [...before, word];
}
