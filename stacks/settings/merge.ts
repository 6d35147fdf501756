import { readPlainFile, type PlainFile, type SettingsFiles } from "./plain-files";
import { settingsFile } from "./fixes";
import type { Layer } from "./layers";
import type { PackitStackName, TestBase, TestInstanceName } from "./names";
import { workloads } from "./schema/components";
import { isTree, type Path, type Plain, type Tree, without } from "./tree";

/** Where a stack runs. */
const WHERE: readonly Path[] = [
  ["platform"],
  ["cluster"],
  ["storageClass"],
  ["priorityClass"],
  ["tenant"],
  ["wildcardCertificate"],
  ["testInstances"],
];

/** What a test instance does not take from its base. */
const NOT_INHERITED: readonly Path[] = [
  // Its own come from its name; two stacks must not share them.
  ["namespace"],
  ["sandboxNamespace"],
  ["namespaceExists"],
  ["hosts"],
  // Who it is: with the identity of its base it would answer its base's commands.
  ["owner"],
  ["servicePhase"],
  ["messaging", "app"],
  ["service", "fasUser"],
  ["service", "commentCommandPrefix"],
  ["service", "dashboardUrl"],
  // What reaches out to others, and must not be done twice or by code under test.
  ["service", "enabledProjectsForInternalTf"],
  ["service", "projectsToSync"],
  ["service", "gitlabMrTargetsHandled"],
  ["service", "fedoraCiRunByDefault"],
  ["service", "fedoraCi"],
  ["service", "logdetectiveEnabled"],
  ["components", "centosmsg"],
  ["components", "fedmsg"],
  ["components", "fluentdSidecar"],
  // It would clone all of them at every start, onto small volumes.
  ["repositoryCache", "repositories"],
  // Its base's queue of messages and store would otherwise be shared.
  ["messaging", "queue"],
  ["keyValue", "host"],
  // Belongs to the data of its base.
  ["database", "beside"],
  ["keyValue", "beside"],
  // Each is for one resource of one stack.
  ["policyExceptions"],
  // About the instance itself.
  ["ttl"],
  ["keep"],
  ["identity"],
  ["pulls"],
];

/** Groups in which settings say how big something is. */
const SIZED_GROUPS = new Set([...Object.keys(workloads), "database", "keyValue", "images"]);

/** Settings of those groups that a test instance has its own values of. */
const SIZES = new Set([
  "concurrency",
  "cpu",
  "graceSeconds",
  "limits",
  "memory",
  "replicas",
  "requests",
  "sharedMemory",
  "storage",
  // How images are followed depends on the cluster, which may be another than the base's; and a test instance is
  // there for what is new, whatever its base was rolled back to.
  "follow",
  "pin",
]);

/** What a stack gets from the files of others. */
export interface Inherited {
  readonly layers: readonly Layer[];
  /** What those files keep encrypted, so that the stack does not get it. */
  readonly encrypted: readonly Path[];
}

/** What a stack takes from the files of others: nothing for an environment, its base's settings for a test instance. */
export function inherited(stack: PackitStackName, files: SettingsFiles): Inherited {
  if (stack.kind === "environment") return { layers: [], encrypted: [] };
  const base = readPlainFile(files, stack.base);
  const host = hostOf(stack);
  // One file when the instance runs where its base does.
  const place = host === stack.base ? base : readPlainFile(files, host);
  const what = [...NOT_INHERITED, ...WHERE].reduce<Tree>(without, base.settings);
  return {
    layers: [
      { file: settingsFile(stack.base), settings: scaledDown(what) },
      { file: settingsFile(host), settings: only(place, WHERE) },
    ],
    encrypted: place.encrypted.filter(([first]) => WHERE.some(([key]) => key === first)),
  };
}

/** The environment on whose cluster a test instance runs. Code under test stays out of production's. */
export function hostOf({ base }: Pick<TestInstanceName, "base">): TestBase {
  return base === "prod" ? "dev" : base;
}

function only(file: PlainFile, paths: readonly Path[]): Tree {
  const kept = new Set(paths.map(([first]) => first));
  return Object.fromEntries(Object.entries(file.settings).filter(([key]) => kept.has(key)));
}

/** The base's settings without its sizes; of workers, one pod of each kind that the base has. */
function scaledDown(settings: Tree): Tree {
  const scaled = Object.entries(settings).map(([group, value]) => {
    if (group === "workers" && isTree(value)) return [group, oneOfEach(value)] as const;
    return [group, SIZED_GROUPS.has(group) ? withoutSizes(value) : value] as const;
  });
  return Object.fromEntries(scaled);
}

function withoutSizes(value: Plain): Plain {
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (SIZES.has(key) ? [] : [[key, withoutSizes(item)]])),
  );
}

function oneOfEach(workers: Tree): Tree {
  return Object.fromEntries(
    Object.entries(workers).map(([kind, worker]) => {
      const replicas = isTree(worker) ? worker.replicas : undefined;
      return [kind, replicas === undefined ? withoutSizes(worker) : { replicas: atMostOne(replicas) }];
    }),
  );
}

/** One where the base has more; what is no number stays, to be refused with the rest. */
function atMostOne(replicas: Plain): Plain {
  return Number(replicas) > 1 ? 1 : replicas;
}
