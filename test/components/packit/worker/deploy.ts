import { Worker, type WorkerArgs } from "../../../../components/packit/worker";
import type { WorkerKind } from "../../../../components/packit/worker-kinds";
import { runMocked, type KubernetesObject, type Stack } from "../../../support/mocks";
import { application, celery, distgit, resources, secret, site, supplies, type Supplies } from "../fixtures";

/** Names of the kinds. */
export const NAMES: Readonly<Record<WorkerKind, string>> = {
  all: "packit-worker",
  "short-running": "packit-worker-short-running",
  "long-running": "packit-worker-long-running",
};

export const KINDS = Object.keys(NAMES) as WorkerKind[];

/** One worker with all that can be given to it. */
export function worker(given: Supplies, kind: WorkerKind, overrides: Partial<WorkerArgs> = {}): Worker {
  const { database, queue, sentry, config, ssh, tools } = given;
  return new Worker(NAMES[kind], {
    site,
    image: { reference: "quay.io/packit/packit-worker@sha256:1" },
    kind,
    application,
    distgit,
    celery,
    database,
    queue,
    sentry,
    config,
    ssh,
    ...tools,
    keytab: secret("packit-keytab", "fedora.keytab"),
    copr: secret("packit-copr", "copr"),
    githubApp: secret("github-app-private-key", "private-key.pem"),
    centpkgSig: secret("centpkg-sig", "centpkg-sig.conf"),
    repositoryCache: { storage: "6Gi" },
    pushgatewayAddress: "http://pushgateway",
    callsSandbox: true,
    resources,
    ...overrides,
  });
}

/** One stack for each kind as it is, for the many tests that only look at it. */
const plain = new Map<WorkerKind, Promise<Stack>>();

/** The stack of one worker. */
export function deploy(kind: WorkerKind, overrides?: Partial<WorkerArgs>): Promise<Stack> {
  const made = overrides === undefined ? plain.get(kind) : undefined;
  if (made !== undefined) return made;
  const stack = runMocked(() => worker(supplies(), kind, overrides));
  if (overrides === undefined) plain.set(kind, stack);
  return stack;
}

/** The object that makes the pods of one worker. */
export async function statefulSet(
  kind: WorkerKind,
  overrides?: Partial<WorkerArgs>,
): Promise<KubernetesObject> {
  return (await deploy(kind, overrides)).object("StatefulSet", NAMES[kind]);
}
