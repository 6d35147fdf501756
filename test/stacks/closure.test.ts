import assert from "node:assert/strict";

import { closureFindings } from "../support/closure";
import type { ClusterObjects } from "../support/objects";
import { unwritablePaths, type WrittenPaths } from "../support/writable";
import { deployed, STACKS } from "./deployed";

/** `setup_env_in_openshift.sh` of packit-service: the user's entry for nss_wrapper. */
const PASSWD = "/home/packit/passwd";

/** `run_worker.sh` of packit-service: the SSH key, copied from its mount. */
const SSH = "/home/packit/.ssh";

const WORKER = [
  PASSWD,
  SSH,
  // KRB5CCNAME of the deployment.
  "/home/packit/kerberos",
  // `command_handler_work_dir` of packit-service.yaml.
  "/tmp/sandcastle",
  // pg_dump of the nightly backup, and Python's temporary files.
  "/tmp",
  // rpm's `_tmppath`.
  "/var/tmp",
];

/** `run-postgresql` of sclorg's image: passwd, generated configuration, data, socket; PostgreSQL's shared memory. */
const POSTGRES = [
  "/var/lib/pgsql/passwd",
  "/var/lib/pgsql/openshift-custom-postgresql.conf",
  "/var/lib/pgsql/data",
  "/var/run/postgresql",
  "/dev/shm",
  "/tmp",
];

/** What each container is known to write, by the scripts and settings of its image. */
const WRITTEN: WrittenPaths = {
  // mod_wsgi-express of `run_httpd.sh` keeps its server root below /tmp; libraries cache in the home.
  "packit-service": ["/tmp", "/home/packit/.cache"],
  "packit-worker": WORKER,
  "packit-worker-short-running": WORKER,
  // `repository_cache` of packit-service.yaml.
  "packit-worker-long-running": [...WORKER, "/repository-cache"],
  // `run_worker.sh` with CELERY_COMMAND=beat.
  "packit-service-beat": [PASSWD, SSH, "/tmp/celerybeat.pid", "/tmp/celerybeat-schedule"],
  // LIVENESS_FILE of packit-service-fedmsg.
  "packit-service-fedmsg": ["/tmp/liveness"],
  // As for packit-service; the dashboard has no home.
  "packit-dashboard": ["/tmp"],
  "postgres-15": POSTGRES,
  "postgres-13": POSTGRES,
  // Dumps.
  valkey: ["/data"],
  redict: ["/data"],
  // Python's temporary files; Flower keeps no database of its own here.
  flower: ["/tmp"],
  // It keeps its metrics in memory.
  pushgateway: [],
  // `pid` and the `*_temp_path` of nginx.conf.
  nginx: ["/tmp"],
  // curl's answers stay in the script's variables.
  "image-import": [],
  // It only listens and sends.
  "packit-service-centosmsg": [],
  // SQLAlchemy's file of config.py, and signs of life of gunicorn's processes.
  tokman: ["/access_tokens", "/tmp"],
  // `noSave` of its configuration.
  "redis-commander": [],
  // fluentd's lock, in a temporary folder that a volume cannot stand for.
  "fluentd-sidecar": "the root",
  // Standard output, and a request to the API server.
  "sandbox-cleaner": [],
  // The package that it hands over.
  "take-code": ["/code"],
  // A copy of the sources, in which Python keeps no bytecode; temporary files of Python, Packit and rpm.
  revdep: ["/tests", "/tmp", "/tmp/sandcastle", "/var/tmp"],
  // Standard output alone: a dump streams through (D54).
  "database-backup": [],
  // `fill.sh`: git's settings, and the clones.
  "repository-cache-filler": ["/tmp", "/repository-cache"],
  "sandbox-cache-filler": ["/tmp", "/repository-cache"],
};

/** The same for Fedora CI, which keeps no clones. */
const WRITTEN_BY_FEDORA_CI: WrittenPaths = { ...WRITTEN, "packit-worker-long-running": WORKER };

for (const name of STACKS) {
  describe(`the objects of ${name}`, () => {
    let objects: ClusterObjects;
    before(async () => {
      ({ objects } = await deployed(name));
    });

    it("refer to nothing that is not there", () => {
      assert.deepEqual(closureFindings(objects), []);
    });

    it("write to volumes only, below a read-only root", () => {
      const written = name.startsWith("fedora-ci-") ? WRITTEN_BY_FEDORA_CI : WRITTEN;
      assert.deepEqual(unwritablePaths(objects, written), []);
    });

    it("find their servers under the names of Services", () => {
      const servers = serversNamed(objects);
      // The API's and a worker's, each of store and database.
      assert.ok(servers.length >= 4, `only ${servers.join(", ")}`);
      const missing = servers.filter(
        ([, host, namespace]) => objects.find("Service", namespace, host) === undefined,
      );
      assert.deepEqual(missing, []);
    });
  });
}

/** The hosts within the namespace that pods are told of, by the pods' owner. */
function serversNamed(
  objects: ClusterObjects,
): (readonly [owner: string, host: string, namespace: string])[] {
  return objects.pods.flatMap(({ owner, namespace, containers }) =>
    containers.flatMap(({ env = [] }) =>
      env.flatMap(({ name = "", value = "", valueFrom }) => {
        const host =
          hostIn(name, value) ?? hostIn(name, secretValue(objects, namespace, valueFrom?.secretKeyRef));
        return host === undefined ? [] : [[`${owner.title} ${name}`, host, namespace] as const];
      }),
    ),
  );
}

/** The server that a variable names. */
function hostIn(variable: string, value: string): string | undefined {
  if (value === "") return undefined;
  if (["POSTGRESQL_HOST", "REDIS_SERVICE_HOST"].includes(variable)) return value;
  if (variable === "NODE_CONFIG") return redisCommanderStore(value);
  if (["CELERY_BROKER_URL", "PUSHGATEWAY_ADDRESS"].includes(variable)) return new URL(value).hostname;
  return undefined;
}

/** The store in redis-commander's configuration. */
function redisCommanderStore(config: string): string | undefined {
  const { connections } = JSON.parse(config) as { connections: { host: string }[] };
  return connections[0]?.host;
}

function secretValue(
  objects: ClusterObjects,
  namespace: string,
  reference: { readonly name?: string; readonly key?: string } | undefined,
): string {
  const secret = objects.find("Secret", namespace, reference?.name ?? "");
  const data = (secret?.body.data ?? {}) as Readonly<Record<string, string>>;
  return Buffer.from(data[reference?.key ?? ""] ?? "", "base64").toString("utf8");
}
