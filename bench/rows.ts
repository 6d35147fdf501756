import type { Sample } from "./commands";
import type { Instances } from "./instances";
import type { Lab } from "./lab";
import type { Stack } from "./stack";

/** One line of the table. */
export interface Row {
  /** As in `--only`. */
  readonly name: string;
  readonly title: string;
  /** Heading that it stands under. */
  readonly group: string;
  /** Measured once, however many runs are asked for: a run takes minutes. @default false */
  readonly once?: boolean;
  /** Gets the starting point ready. */
  readonly prepare?: (lab: Lab) => Promise<unknown>;
  readonly run: (lab: Lab) => Promise<Sample>;
}

const STARTS = "Starts";
const PROD = "prod on the local control plane";
const COMPLETE = "prod with every component";
const PLAIN = "Test instances deployed at once, with plain `pulumi up`";
const INSTANCES = "Test instances by command";

/** Every measurement, in an order that needs few detours from one starting point to the next. */
export const ROWS: readonly Row[] = [
  {
    name: "empty-preview",
    title: "preview of a program without a resource (the engine's floor)",
    group: STARTS,
    run: ({ empty }) => empty.preview(),
  },
  {
    name: "program-start",
    title: "prod's program, from its start to its last resource registered",
    group: STARTS,
    prepare: (lab) => lab.prepare(lab.nothing, "absent"),
    run: (lab) => lab.programStart(),
  },
  ...stackRows("nothing", "prod with a plugin that does nothing", (lab) => lab.nothing),
  ...stackRows("prod", PROD, (lab) => lab.prod),
  {
    name: "prod-make-json",
    title: "`make preview JSON=1`, no change: without policy and gate",
    group: PROD,
    prepare: (lab) => lab.prepare(lab.prod, "deployed"),
    run: (lab) => lab.makePreview("JSON=1"),
  },
  {
    name: "prod-make-preview",
    title: "`make preview`, no change",
    group: PROD,
    prepare: (lab) => lab.prepare(lab.prod, "deployed"),
    run: (lab) => lab.makePreview(),
  },
  ...stackRows("complete", COMPLETE, (lab) => lab.complete),
  {
    name: "complete-nothing-first-up",
    title: "first up, with a plugin that does nothing",
    group: COMPLETE,
    prepare: (lab) => lab.prepare(lab.completeNothing, "absent"),
    run: (lab) => lab.completeNothing.up(),
  },
  ...kubectlRows("The same objects with kubectl"),
  ...[1, 5, 10].map((count) => plainRow(count)),
  ...instanceRows(INSTANCES),
];

/** What is done with a stack, from nothing to nothing. */
function stackRows(name: string, group: string, stackOf: (lab: Lab) => Stack): Row[] {
  const row = (
    suffix: string,
    title: string,
    from: "absent" | "deployed",
    run: (stack: Stack) => Promise<Sample>,
    before?: (stack: Stack) => void | Promise<void>,
  ): Row => ({
    name: `${name}-${suffix}`,
    title,
    group,
    prepare: async (lab) => {
      await lab.prepare(stackOf(lab), from);
      await before?.(stackOf(lab));
    },
    run: (lab) => run(stackOf(lab)),
  });
  return [
    row("first-preview", "preview, nothing there", "absent", (stack) => stack.preview()),
    row("first-up", "first up, until all is ready", "absent", (stack) => stack.up()),
    row("same-preview", "preview, no change", "deployed", (stack) => stack.preview()),
    row("same-up", "up, no change", "deployed", (stack) => stack.up()),
    row("same-up-skip", "up `--skip-preview`, no change", "deployed", (stack) => stack.up("--skip-preview")),
    row(
      "setting-up",
      "up, one setting changed, until its readers have restarted",
      "deployed",
      (stack) => stack.up(),
      (stack) => {
        stack.changeSetting();
      },
    ),
    row(
      "destroy",
      "destroy",
      "deployed",
      (stack) => stack.destroy(),
      (stack) => stack.unprotect(),
    ),
    row("first-up-skip", "first up `--skip-preview`, until all is ready", "absent", (stack) =>
      stack.up("--skip-preview"),
    ),
  ];
}

function kubectlRows(group: string): Row[] {
  const prepare = (from: "absent" | "deployed") => async (lab: Lab) => {
    await lab.prepare(await lab.applied(), from);
  };
  return [
    {
      name: "kubectl-apply",
      title: "`kubectl apply --server-side`",
      group,
      prepare: prepare("absent"),
      run: async (lab) => (await lab.applied()).apply(),
    },
    {
      name: "kubectl-again",
      title: "the same again, no change",
      group,
      prepare: prepare("deployed"),
      run: async (lab) => (await lab.applied()).apply(),
    },
    {
      name: "kubectl-diff",
      title: "`kubectl diff --server-side`, no change",
      group,
      prepare: prepare("deployed"),
      run: async (lab) => (await lab.applied()).diff(),
    },
    {
      name: "kubectl-ready",
      title: "`kubectl apply --server-side`, until all is ready",
      group,
      prepare: prepare("absent"),
      run: async (lab) => (await lab.applied()).applyUntilReady(),
    },
  ];
}

function plainRow(count: number): Row {
  return {
    name: `instances-${count}`,
    title: count === 1 ? "1 instance" : `${count} instances`,
    group: PLAIN,
    once: count > 1,
    prepare: async (lab) => {
      await lab.prepare(lab.fleet, "absent");
      await lab.fleet.make(count);
    },
    run: (lab) => lab.fleet.deploy(count),
  };
}

/** What people and `reap` do with test instances. */
function instanceRows(group: string): Row[] {
  const row = (
    name: string,
    title: string,
    from: "absent" | "deployed",
    run: (instances: Instances) => Promise<Sample>,
    before?: (instances: Instances) => Promise<void>,
  ): Row => ({
    name,
    title,
    group,
    once: name !== "deploy-first",
    prepare: async (lab) => {
      await lab.prepare(lab.instances, from);
      await before?.(lab.instances);
    },
    run: (lab) => run(lab.instances),
  });
  return [
    row("deploy-first", "`deploy` of a pull request, until all is ready", "absent", (all) => all.deploy()),
    row("deploy-ten", "ten of them at once", "absent", (all) => all.deployTogether()),
    row(
      "list-100",
      "`list` with 100 instances",
      "deployed",
      (all) => all.list(),
      (all) => all.makeUp(100),
    ),
    row(
      "judge-200",
      "`reap --dry-run` with 200 instances",
      "deployed",
      (all) => all.judge(),
      (all) => all.makeUp(200),
    ),
    row(
      "reap-ten",
      "`reap` of ten that have expired",
      "deployed",
      (all) => all.reap(),
      (all) => all.expire(),
    ),
  ];
}
