import assert from "node:assert/strict";

import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";

import { environmentOf, mountsOf } from "../components/packit/fixtures";
import { deployed, type StackUnderTest } from "./deployed";
import { load } from "./settings/loading";

const FEDORA_CI = ["fedora-ci-stg", "fedora-ci-prod", "fedora-ci-stg-pr-12"] as const;

/** What belongs to the managed platform alone, in any object. */
const MANAGED =
  /paas\.redhat\.com|app-code|appcode|service-phase|cost-center|TenantNamespace|aws-ebs|shard|packit--config/;

async function fileOf(name: StackUnderTest, secret: string, file: string): Promise<string> {
  const data = (await deployed(name)).stack.object("Secret", secret).data as Readonly<Record<string, string>>;
  return Buffer.from(data[file] ?? assert.fail(file), "base64").toString("utf8");
}

async function configurationOf(name: StackUnderTest): Promise<Record<string, unknown>> {
  return parseYaml(await fileOf(name, "packit-config", "packit-service.yaml")) as Record<string, unknown>;
}

describe("Fedora CI", () => {
  for (const name of FEDORA_CI) {
    it(`has nothing of the managed platform in ${name}`, async () => {
      const { stack } = await deployed(name);
      const text = stack.resources
        .filter(({ type }) => !type.includes("Secret"))
        .map(({ type, inputs }) => `${type} ${JSON.stringify(inputs)}`);
      assert.ok(text.length > 40, String(text.length));
      assert.deepEqual(
        text.filter((one) => MANAGED.test(one)),
        [],
      );
    });

    it(`has in ${name} the components that it needs, and neither sandbox nor dashboard`, async () => {
      const { stack } = await deployed(name);
      const names = [...stack.objects("Deployment"), ...stack.objects("StatefulSet")];
      assert.deepEqual(names.map(({ metadata }) => metadata.name).sort(), [
        "flower",
        "nginx",
        "packit-service",
        "packit-service-beat",
        "packit-service-fedmsg",
        "packit-worker-long-running",
        "packit-worker-short-running",
        "postgres-15",
        "pushgateway",
        "valkey",
      ]);
      assert.ok(!stack.has("Role", "sandcastle"));
      assert.equal(load(name, { local: true }).sandboxNamespace, undefined);
    });

    it(`has in ${name} workers of its own image and with its own tasks`, async () => {
      const { stack } = await deployed(name);
      const worker = environmentOf(stack.object("StatefulSet", "packit-worker-short-running"));
      const beat = environmentOf(stack.object("Deployment", "packit-service-beat"));
      assert.deepEqual([worker.APP, beat.APP], ["fedora_ci.tasks", "fedora_ci.tasks"]);
      const [tag] = stack.object("ImageStream", "packit-worker").spec.tags;
      const wanted = name === "fedora-ci-prod" ? "prod" : "stg";
      assert.equal(tag.from.name, `quay.io/packit/fedora-ci-worker:${wanted}`);
      assert.match(String(worker.PACKIT_USER_AGENT), /^packit\.dev\/fedora-ci-(?:stg|prod|dev) /);
    });

    it(`keeps in ${name} the SSH client's configuration, which is not secret, in a ConfigMap`, async () => {
      const { stack } = await deployed(name);
      const ssh = stack.object("Secret", "packit-ssh").data as Readonly<Record<string, string>>;
      assert.deepEqual(Object.keys(ssh).sort(), ["id_ed25519", "id_ed25519.pub"]);
      const { config } = stack.object("ConfigMap", "packit-ssh-config").data as { config: string };
      assert.match(config, /^Host "?pkgs\.fedoraproject\.org"?\n {2}User "?fedora-ci/);
      for (const object of [
        stack.object("Deployment", "packit-service-beat"),
        stack.object("StatefulSet", "packit-worker-long-running"),
      ]) {
        assert.equal(mountsOf(object)["/packit-ssh"], "packit-ssh packit-ssh-config");
      }
    });
  }

  it("answers to its own server name and commands", async () => {
    for (const [name, host, prefix, fasUser] of [
      ["fedora-ci-stg", "stg.fedora-ci.packit.dev", "/packit-ci-stg", "fedora-ci-stg"],
      ["fedora-ci-prod", "prod.fedora-ci.packit.dev", "/packit-ci", "fedora-ci"],
      [
        "fedora-ci-stg-pr-12",
        "pr-12.stg.fedora-ci.packit.dev",
        "/packit-fedora-ci-stg-pr-12",
        "fedora-ci-dev",
      ],
    ] as const) {
      const config = await configurationOf(name);
      assert.equal(config.server_name, host);
      assert.equal(config.comment_command_prefix, prefix);
      assert.equal(config.fas_user, fasUser);
      assert.deepEqual(Object.keys(config.authentication as object), ["src.fedoraproject.org"]);
      assert.equal(config.command_handler, "local");
      const { stack } = await deployed(name);
      assert.ok(stack.objects("Route").some(({ spec }) => spec.host === host));
    }
  });

  it("serves nobody until projects have come over, and asks Log Detective in its environments", async () => {
    for (const name of FEDORA_CI) {
      const config = await configurationOf(name);
      assert.equal(config.fedora_ci_run_by_default, false);
      assert.deepEqual(config.fedora_ci, {
        enabled_projects: [],
        disabled_projects: [],
        disabled_projects_for_eln: [],
        disabled_projects_for_logdetective: [],
      });
      assert.equal(config.logdetective_enabled, name !== "fedora-ci-stg-pr-12");
    }
  });

  it("listens to dist-git, Koji and Log Detective alone, under a name of its own", async () => {
    for (const [name, app] of [
      ["fedora-ci-stg", "Fedora CI stg"],
      ["fedora-ci-prod", "Fedora CI"],
      ["fedora-ci-stg-pr-12", "Fedora CI fedora-ci-stg-pr-12"],
    ] as const) {
      const toml = parseToml(await fileOf(name, "fedora-messaging", "fedora.toml")) as unknown as {
        client_properties: { app: string };
        bindings: { routing_keys: string[] }[];
      };
      assert.equal(toml.client_properties.app, app);
      assert.deepEqual(
        toml.bindings[0]?.routing_keys.map((key) => key.replace("org.fedoraproject.prod.", "")),
        [
          "pagure.pull-request.new",
          "pagure.pull-request.updated",
          "pagure.pull-request.rebased",
          "pagure.pull-request.comment.added",
          "buildsys.task.state.change",
          "logdetective.analysis",
        ],
      );
    }
  });

  it("follows staging's images by the hour, and production's on Tuesdays at 02:00", async () => {
    for (const [name, schedule] of [
      ["fedora-ci-stg", "0 * * * *"],
      ["fedora-ci-prod", "0 2 * * 2"],
    ] as const) {
      const { stack } = await deployed(name);
      assert.equal(stack.object("CronJob", "image-import").spec.schedule, schedule);
    }
  });

  it("gets a sandbox when it is asked for", () => {
    const settings = load("fedora-ci-stg", { values: { components: { sandbox: true } }, local: true });
    assert.equal(settings.sandboxNamespace, "fedora-ci--stg-sandbox");
  });
});
