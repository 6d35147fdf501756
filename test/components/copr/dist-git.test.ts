import assert from "node:assert/strict";

import { CoprBackendLog } from "../../../components/copr/backend-log";
import { CoprDistGit } from "../../../components/copr/dist-git";
import { runMocked, type KubernetesObject, type Stack } from "../../support/mocks";
import { containerOf, data, image, pathsOf, resources, secret, site, urls } from "./fixtures";

const title = (container: KubernetesObject): string => container.livenessProbe.exec.command.at(-1);

function policyOf(stack: Stack, component: string): Record<string, (number | string)[]> {
  const { ingress, egress } = stack.object("NetworkPolicy", component).spec;
  const ports = (rules: { ports: { port: number }[] }[]): number[] => [
    ...new Set(rules.flatMap((rule) => rule.ports.map(({ port }) => port))),
  ];
  return { ingress: ports(ingress), egress: ports(egress) };
}

describe("CoprDistGit", () => {
  let stack: Stack;
  let deployment: KubernetesObject;
  before(async () => {
    stack = await runMocked(
      () =>
        new CoprDistGit("copr-distgit", {
          site,
          image,
          host: "dist-git.copr.example.org",
          config: { urls, redis: { host: "redis", port: 6379 } },
          frontendAuth: "s3cret-pw",
          author: { name: "Copr dist git", email: "copr@example.org" },
          data,
          storage: { sources: "5Gi", logs: "1Gi" },
          resources: { dispatcher: resources, httpd: resources },
          schedules: { clean: "27 4 1 * *", prune: "27 4 2 * *" },
          programs: { "main.py": "forget" },
          after: [],
        }),
    );
    deployment = stack.object("Deployment", "copr-distgit");
  });

  it("C8: gives the dispatcher its password and the key-value store, in a Secret that the web server does not see", () => {
    const { data: files } = stack.object("Secret", "copr-distgit-copr-config");
    const text = Buffer.from(files["copr-dist-git.conf"], "base64").toString();
    assert.match(text, /^frontend_auth = s3cret-pw$/m);
    assert.match(text, /^redis_host = redis$/m);
    assert.ok(pathsOf(containerOf(deployment, "imports")).includes("/etc/copr"));
    assert.equal(pathsOf(containerOf(deployment, "httpd")).includes("/etc/copr"), false);
  });

  it("C15: forgets the importers before, ahead of its dispatcher", () => {
    const { command } = containerOf(deployment, "imports");
    assert.equal(
      command.join(" "),
      "/usr/bin/tini -s -- /usr/bin/python3 -B /forget/main.py --store redis:6379 --keys import_worker:* " +
        "-- /usr/bin/copr-run-dispatcher-dist-git imports",
    );
    assert.ok(pathsOf(containerOf(deployment, "imports")).includes("/forget"));
  });

  it("B11, B12: keeps imports' logs and cgit's list where both containers see them, past a restart", () => {
    const secretText = stack.object("Secret", "copr-distgit-copr-config").data["copr-dist-git.conf"];
    const text = Buffer.from(secretText, "base64").toString();
    const [, list = ""] = /^cgit_cache_file = (.*)$/m.exec(text) ?? [];
    assert.match(
      stack.object("ConfigMap", "copr-distgit-cgit").data.cgitrc,
      new RegExp(`^include=${list}$`, "m"),
    );
    assert.match(text, /^per_task_log_dir = \/var\/lib\/copr-dist-git\/per-task-logs$/m);
    for (const name of ["imports", "httpd"])
      assert.ok(pathsOf(containerOf(deployment, name)).includes("/var/lib/copr-dist-git"));
    assert.ok(stack.has("PersistentVolumeClaim", "copr-distgit-logs"));
  });

  it("C22: looks for the dispatcher by its title, and for the web server by its answers", () => {
    assert.equal(title(containerOf(deployment, "imports")), "^Import dispatcher");
    assert.equal(containerOf(deployment, "httpd").readinessProbe.httpGet.path, "/per-task-logs/");
  });

  it("runs once, is published with TLS, and connects to what it needs", () => {
    assert.deepEqual([deployment.spec.replicas, deployment.spec.strategy.type], [1, "Recreate"]);
    assert.equal(stack.object("Route", "copr-distgit").spec.tls.termination, "edge");
    assert.deepEqual(policyOf(stack, "copr-distgit"), {
      ingress: [5001],
      egress: [53, 5353, 5000, 8080, 6379, 80, 443],
    });
  });

  it("B11, B12: deletes old logs and makes cgit's list anew, on its node, without a connection", () => {
    const cron = stack.object("CronJob", "copr-clean-distgit");
    assert.equal(cron.spec.schedule, "27 4 1 * *");
    const script = containerOf(cron, "copr-clean-distgit").command.at(-1);
    assert.match(
      script,
      /^find \/var\/lib\/copr-dist-git\/per-task-logs -name '\*\.log' -mtime \+30 -delete$/m,
    );
    assert.match(script, /^copr-dist-git-refresh-cgit \|\| test .*\/cgit\/repo-configuration\.rc -nt/m);
    const group = (template: KubernetesObject): unknown =>
      template.metadata.labels?.["packit.dev/shares-volume"];
    assert.equal(group(cron.spec.jobTemplate.spec.template), group(deployment.spec.template));
    assert.deepEqual(stack.object("NetworkPolicy", "copr-clean-distgit").spec.egress, []);
  });

  it("deletes sources of projects that are gone, of which it asks the frontend by its public name", () => {
    const cron = stack.object("CronJob", "copr-prune-distgit");
    const script = containerOf(cron, "copr-prune-distgit").command.at(-1);
    const [, file = ""] = /--copr-config (\S+)\/copr /.exec(script) ?? [];
    assert.ok(pathsOf(containerOf(cron, "copr-prune-distgit")).includes(file));
    const { copr } = stack.object("ConfigMap", "copr-prune-distgit-client").data;
    assert.match(copr, /^\[copr-cli\]\ncopr_url = https:\/\/copr\.example\.org$/m);
    const [, https] = stack.object("NetworkPolicy", "copr-prune-distgit").spec.egress;
    assert.deepEqual(https, { ports: [{ protocol: "TCP", port: 443 }] });
  });
});

describe("CoprBackendLog", () => {
  it("S1: shows the backend's logs, and connects to the key-value store alone", async () => {
    const stack = await runMocked(
      () =>
        new CoprBackendLog("copr-backend-log", {
          site,
          image,
          config: secret("copr-backend-config", { "copr-be.conf": "" }),
          data,
          resources,
          after: [],
        }),
    );
    const deployment = stack.object("Deployment", "copr-backend-log");
    assert.equal(title(containerOf(deployment, "copr-backend-log")), "^RedisLogHandler");
    assert.equal(containerOf(deployment, "logs").command.at(-1), "/var/log/copr-backend/*.log");
    assert.deepEqual(policyOf(stack, "copr-backend-log"), { ingress: [], egress: [53, 5353, 6379] });
    assert.equal(deployment.spec.template.spec.securityContext.runAsUser, 987);
  });
});
