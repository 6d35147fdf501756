import assert from "node:assert/strict";

import { Worker, type WorkerArgs } from "../../../components/packit/worker";
import type { WorkerKind } from "../../../components/packit/worker-kinds";
import { OpenShiftPlatform } from "../../../components/platform/openshift";
import { runMocked, type KubernetesObject, type Stack } from "../../support/mocks";
import {
  application,
  celery,
  containerOf,
  distgit,
  environmentOf,
  mountsOf,
  resources,
  secret,
  site,
  supplies,
  writablePathsOf,
  type Supplies,
} from "./fixtures";

const NAMES: Readonly<Record<WorkerKind, string>> = {
  all: "packit-worker",
  "short-running": "packit-worker-short-running",
  "long-running": "packit-worker-long-running",
};

const KINDS = Object.keys(NAMES) as WorkerKind[];

/** One worker with all that can be given to it. */
function worker(given: Supplies, kind: WorkerKind, overrides: Partial<WorkerArgs> = {}): Worker {
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
    aws: secret("aws", "access-key-id"),
    repositoryCache: { storage: "6Gi" },
    pushgatewayAddress: "http://pushgateway",
    callsSandbox: true,
    resources,
    ...overrides,
  });
}

/** One stack for each kind as it is, for the many tests that only look at it. */
const plain = new Map<WorkerKind, Promise<Stack>>();

function deploy(kind: WorkerKind, overrides?: Partial<WorkerArgs>): Promise<Stack> {
  const made = overrides === undefined ? plain.get(kind) : undefined;
  if (made !== undefined) return made;
  const stack = runMocked(() => worker(supplies(), kind, overrides));
  if (overrides === undefined) plain.set(kind, stack);
  return stack;
}

async function statefulSet(kind: WorkerKind, overrides?: Partial<WorkerArgs>): Promise<KubernetesObject> {
  return (await deploy(kind, overrides)).object("StatefulSet", NAMES[kind]);
}

describe("Worker", () => {
  it("has the environment that the code reads", async () => {
    assert.deepEqual(environmentOf(await statefulSet("all")), {
      PROJECT: "packit--stg",
      DEPLOYMENT: "stg",
      DISTGIT_URL: "https://src.fedoraproject.org/",
      DISTGIT_NAMESPACE: "rpms",
      PACKIT_USER_AGENT: "packit.dev/packit-stg (stg+packit@packit.dev)",
      APP: "packit_service.worker.tasks",
      REDIS_SERVICE_HOST: "valkey",
      REDIS_PASSWORD: "key-value-password/password",
      POSTGRESQL_USER: "postgres-secret/database-user",
      POSTGRESQL_PASSWORD: "postgres-secret/database-password",
      POSTGRESQL_HOST: "postgres-secret/database-host",
      POSTGRESQL_DATABASE: "postgres-secret/database-name",
      SENTRY_SECRET: "sentry/dsn",
      CELERY_RETRY_LIMIT: "2",
      CELERY_RETRY_BACKOFF: "3",
      QUEUES: "short-running,long-running,rate-limited",
      PUSHGATEWAY_ADDRESS: "http://pushgateway",
      AWS_ACCESS_KEY_ID: "aws/access-key-id",
      AWS_SECRET_ACCESS_KEY: "aws/secret-access-key",
      KRB5CCNAME: "DIR:/home/packit/kerberos/",
    });
  });

  it("takes the tasks of its kind's queues", async () => {
    const queues = async (kind: WorkerKind): Promise<unknown> => {
      const { QUEUES, CONCURRENCY } = environmentOf(await statefulSet(kind));
      return [QUEUES, CONCURRENCY];
    };
    assert.deepEqual(await queues("all"), ["short-running,long-running,rate-limited", undefined]);
    assert.deepEqual(await queues("short-running"), ["short-running", "16"]);
    assert.deepEqual(await queues("long-running"), ["long-running,rate-limited", undefined]);
  });

  it("pushes no metrics where there is no pushgateway, instead of to an address of the code's own", async () => {
    assert.equal(
      environmentOf(await statefulSet("all", { pushgatewayAddress: undefined })).PUSHGATEWAY_ADDRESS,
      "",
    );
  });

  it("names a source-git namespace only where there is one", async () => {
    const withNamespace = { distgit: { ...distgit, sourcegitNamespace: "fedora/src" } };
    assert.equal(environmentOf(await statefulSet("all", withNamespace)).SOURCEGIT_NAMESPACE, "fedora/src");
    assert.ok(!("SOURCEGIT_NAMESPACE" in environmentOf(await statefulSet("all"))));
  });

  it("finds its files where the start script and the code look for them", async () => {
    assert.deepEqual(mountsOf(await statefulSet("all")), {
      "/packit-ssh": "packit-ssh",
      "/secrets": "packit-keytab",
      "/home/packit": "scratch",
      "/home/packit/.config": "packit-config packit-copr osh-config",
      "/gh-secrets": "github-app-private-key",
      "/etc/rpkg/centpkg-sig.conf": "centpkg-sig",
      "/etc/gitconfig": "git-config",
      "/repository-cache": "claim template",
      "/tmp": "scratch",
      "/tmp/sandcastle": "scratch",
      "/var/tmp": "scratch",
    });
  });

  it("shows OpenScanHub's configuration in a folder of its own", async () => {
    const { volumes } = (await statefulSet("all")).spec.template.spec;
    const { projected } = volumes.find((volume: { projected?: object }) => volume.projected !== undefined);
    assert.deepEqual(projected.sources.at(-1), {
      configMap: { name: "osh-config", items: [{ key: "client.conf", path: "osh/client.conf" }] },
    });
  });

  it("gives its pods a token for the API server only where they call the sandbox", async () => {
    const token = async (callsSandbox: boolean): Promise<unknown> =>
      (await statefulSet("short-running", { callsSandbox })).spec.template.spec.automountServiceAccountToken;
    assert.equal(await token(true), true);
    assert.equal(await token(false), false);
  });

  it("writes to volumes alone: home, working copies, and where rpm and the database dump unpack", async () => {
    const short = await statefulSet("short-running");
    assert.equal(containerOf(short).securityContext.readOnlyRootFilesystem, true);
    assert.deepEqual(writablePathsOf(short), ["/home/packit", "/tmp", "/tmp/sandcastle", "/var/tmp"]);
  });
});

describe("Worker's defects of old", () => {
  it("D04: every kind has the Service that names its pods", async () => {
    for (const kind of KINDS) {
      const stack = await deploy(kind);
      const { serviceName } = stack.object("StatefulSet", NAMES[kind]).spec;
      const { clusterIP, selector } = stack.object("Service", serviceName).spec;
      assert.equal(clusterIP, "None");
      assert.deepEqual(selector, { component: NAMES[kind] });
    }
  });

  it("D09: every kind has probes", async () => {
    for (const kind of KINDS) {
      const { readinessProbe, livenessProbe, startupProbe } = containerOf(await statefulSet(kind));
      for (const probe of [readinessProbe, livenessProbe, startupProbe]) assert.ok(probe.exec.command);
    }
  });

  it("D11: restarts for a new configuration, of the service or of a tool", async () => {
    const annotations = async (token: string): Promise<unknown> => {
      const stack = await runMocked(() => {
        const given = supplies();
        return worker(given, "all", { copr: secret("packit-copr", "copr", token), keytab: undefined });
      });
      return stack.object("StatefulSet", "packit-worker").spec.template.metadata.annotations;
    };
    assert.notDeepEqual(await annotations("token = a"), await annotations("token = b"));
  });

  it("D13: has the time to finish its longest task", async () => {
    const grace = async (kind: WorkerKind, graceSeconds?: number): Promise<number> => {
      const set = await statefulSet(kind, graceSeconds === undefined ? undefined : { graceSeconds });
      return set.spec.template.spec.terminationGracePeriodSeconds;
    };
    assert.equal(await grace("short-running"), 930);
    assert.equal(await grace("long-running"), 3630);
    assert.equal(await grace("all"), 3630);
    assert.equal(await grace("all", 60), 60);
    // And whoever deploys waits for it: one pod after the other.
    const { updateTimeout } = (await deploy("all", { replicas: 2 })).resource("StatefulSet", "packit-worker");
    assert.equal(updateTimeout, "8460s");
  });

  it("D14: an outage of the broker restarts no worker, and no worker is asked about the others", async () => {
    for (const kind of KINDS) {
      const { readinessProbe, livenessProbe, startupProbe } = containerOf(await statefulSet(kind));
      for (const probe of [livenessProbe, startupProbe]) {
        assert.doesNotMatch(probe.exec.command.join(" "), /redis|inspect|celery status|-A/i);
      }
      assert.match(readinessProbe.exec.command.at(-1), /inspect ping .*--destination "celery@/);
      assert.ok(livenessProbe.periodSeconds * (livenessProbe.failureThreshold ?? 3) <= 60);
    }
  });

  it("D22: nothing of the settings is in the claim template, and claims of the wanted size are there before it", async () => {
    const template = async (storage: string, labels: Record<string, string>): Promise<unknown> => {
      const labelled = { ...site, platform: new OpenShiftPlatform({ labels }) };
      const set = await statefulSet("long-running", { site: labelled, repositoryCache: { storage } });
      return set.spec.volumeClaimTemplates;
    };
    const before = await template("4Gi", {});
    assert.deepEqual(await template("20Gi", { "cost-center": "700" }), before);

    const stack = await deploy("long-running", { replicas: 2, repositoryCache: { storage: "20Gi" } });
    for (const pod of ["packit-worker-long-running-0", "packit-worker-long-running-1"]) {
      const claim = stack.resource("PersistentVolumeClaim", `packit-worker-repository-cache-${pod}`);
      assert.equal((claim.inputs as unknown as KubernetesObject).spec.resources.requests.storage, "20Gi");
      // A cache can be filled again, so it goes with the stack.
      assert.equal(claim.protect, false);
    }
    const { dependencies } = stack.resource("StatefulSet", "packit-worker-long-running");
    assert.equal(dependencies.filter((urn) => urn.includes("PersistentVolumeClaim")).length, 2);
  });

  it("D22, D23: only kinds that work on repositories have a cache, and say for which pods", async () => {
    const caching: Record<string, readonly string[]> = {};
    const stack = await runMocked(() => {
      const given = supplies();
      for (const kind of ["short-running", "long-running"] as const) {
        const made = worker(given, kind, {
          replicas: 2,
          keytab: undefined,
          copr: undefined,
          githubApp: undefined,
          centpkgSig: undefined,
          aws: undefined,
        });
        caching[kind] = made.cachingPods;
      }
    });
    assert.deepEqual(caching, {
      "short-running": [],
      "long-running": ["packit-worker-long-running-0", "packit-worker-long-running-1"],
    });
    assert.deepEqual(
      stack.object("StatefulSet", "packit-worker-short-running").spec.volumeClaimTemplates,
      [],
    );
    assert.equal(stack.objects("PersistentVolumeClaim").length, 2);
  });

  it("D25: only kinds that make backups get the keys for them, and none gets the certificate of the hosts", async () => {
    assert.ok("AWS_ACCESS_KEY_ID" in environmentOf(await statefulSet("long-running")));
    const short = await deploy("short-running");
    assert.ok(
      !("AWS_ACCESS_KEY_ID" in environmentOf(short.object("StatefulSet", "packit-worker-short-running"))),
    );
    for (const kind of KINDS) {
      assert.ok(!Object.values(mountsOf(await statefulSet(kind))).includes("packit-tls"));
    }
  });

  it("D30: sends no log records to a port where nobody listens", async () => {
    assert.ok(!("SYSLOG_HOST" in environmentOf(await statefulSet("all"))));
  });

  it("D33: makes neither the image's stream nor the tools' configuration, which all kinds share", async () => {
    const stack = await deploy("all");
    assert.deepEqual(stack.objects("ImageStream"), []);
    const names = stack.objects("ConfigMap").map((object) => object.metadata.name);
    assert.deepEqual(names.sort(), ["git-config", "osh-config"]);
  });

  it("D34: does without the files that a service does not have", async () => {
    const set = await statefulSet("all", {
      keytab: undefined,
      copr: undefined,
      githubApp: undefined,
      centpkgSig: undefined,
      aws: undefined,
      sentry: undefined,
    });
    const mounts = mountsOf(set);
    for (const path of ["/secrets", "/gh-secrets", "/etc/rpkg/centpkg-sig.conf"])
      assert.ok(!(path in mounts));
    assert.equal(mounts["/home/packit/.config"], "packit-config osh-config");
    assert.ok(!("AWS_ACCESS_KEY_ID" in environmentOf(set)));
    assert.ok(!("SENTRY_SECRET" in environmentOf(set)));
  });

  it("D64: nobody connects to a worker", async () => {
    for (const kind of KINDS) {
      assert.deepEqual((await deploy(kind)).object("NetworkPolicy", NAMES[kind]).spec.ingress, []);
    }
  });
});
