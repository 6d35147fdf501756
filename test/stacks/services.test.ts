import assert from "node:assert/strict";

import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";

import { containerOf, environmentOf, mountsOf } from "../components/packit/fixtures";
import { deployed, type StackUnderTest } from "./deployed";

/** Secrets that every service has, those of backups and error reports among them. */
const EVERY_SERVICES = [
  "aws",
  "key-value-password",
  "packit-config",
  "packit-ssh",
  "packit-tls",
  "postgres-secret",
  "sentry",
];

/** What the services beside Packit have, by environment. */
const SERVICES: readonly {
  readonly name: StackUnderTest;
  readonly host: string;
  readonly userAgent: string;
  readonly secrets: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
}[] = [
  {
    name: "stream-stg",
    host: "stg.stream.packit.dev",
    userAgent: "packit.dev/stream-stg (stg+stream@packit.dev)",
    secrets: EVERY_SERVICES,
    variables: { DISTGIT_URL: "https://gitlab.com/", DISTGIT_NAMESPACE: "packit-service/rpms" },
  },
  {
    name: "stream-prod",
    host: "prod.stream.packit.dev",
    userAgent: "packit.dev/stream-prod (prod+stream@packit.dev)",
    secrets: [...EVERY_SERVICES, "splunk"],
    variables: { DISTGIT_URL: "https://gitlab.com/", DISTGIT_NAMESPACE: "redhat/centos-stream/rpms" },
  },
  {
    name: "source-git-stg",
    host: "stg.fedora-source-git.packit.dev",
    userAgent: "packit.dev/fedora-source-git-stg (stg+fedora-source-git@packit.dev)",
    secrets: [...EVERY_SERVICES, "fedora-messaging", "fedora-messaging-certificate"],
    variables: { DISTGIT_URL: "https://src.fedoraproject.org/", DISTGIT_NAMESPACE: "rpms" },
  },
  {
    name: "source-git-prod",
    host: "prod.fedora-source-git.packit.dev",
    userAgent: "packit.dev/fedora-source-git-prod (prod+fedora-source-git@packit.dev)",
    secrets: [...EVERY_SERVICES, "fedora-messaging", "fedora-messaging-certificate"],
    variables: { DISTGIT_URL: "https://src.fedoraproject.org/", SOURCEGIT_NAMESPACE: "fedora/src" },
  },
];

for (const { name, host, userAgent, secrets, variables } of SERVICES) {
  describe(`the service ${name}`, () => {
    const worker = async () => (await deployed(name)).stack.object("StatefulSet", "packit-worker");

    it("runs hardly's tasks and tells its worker where to work", async () => {
      const environment = environmentOf(await worker());
      assert.equal(environment.APP, "hardly.tasks");
      assert.equal(environment.QUEUES, "short-running,long-running,rate-limited");
      assert.equal(environment.CELERY_RETRY_LIMIT, "0");
      assert.equal(environment.PUSHGATEWAY_ADDRESS, "");
      assert.equal(environment.REDIS_SERVICE_HOST, "redict");
      assert.equal(environment.PACKIT_USER_AGENT, userAgent);
      assert.deepEqual({ ...environment, ...variables }, environment);
    });

    it("follows hardly's image in the stream that the worker's trigger names", async () => {
      const { stack } = await deployed(name);
      const tag = name.endsWith("-prod") ? "prod" : "stg";
      const [from] = stack.object("ImageStream", "packit-worker").spec.tags;
      assert.equal(from.from.name, `quay.io/packit/hardly:${tag}`);
      assert.equal(containerOf(await worker()).image, `packit-worker:${tag}`);
    });

    it("D34: has the Secrets that it needs, and mounts no others", async () => {
      const { stack } = await deployed(name);
      assert.deepEqual(
        stack
          .objects("Secret")
          .map(({ metadata }) => metadata.name)
          .sort(),
        [...secrets].sort(),
      );
      for (const object of [stack.object("Deployment", "packit-service"), await worker()]) {
        const paths = Object.keys(mountsOf(object));
        assert.deepEqual(
          paths.filter((path) => /gh-secrets|centpkg-sig/.test(path)),
          [],
        );
      }
      const ssh = stack.object("Secret", "packit-ssh").data as Readonly<Record<string, string>>;
      assert.deepEqual(Object.keys(ssh).sort(), ["id_ed25519", "id_ed25519.pub"]);
    });

    it("D06: has one host, of its own", async () => {
      const { stack } = await deployed(name);
      assert.deepEqual(
        stack.objects("Route").map(({ spec }) => spec.host),
        [host],
      );
    });

    it("keeps the names of the databases that run", async () => {
      const { stack } = await deployed(name);
      const claims = stack.objects("PersistentVolumeClaim").map(({ metadata }) => metadata.name);
      assert.ok(claims.includes("postgres-13"), claims.join());
      assert.ok(claims.includes("redict-pvc"), claims.join());
    });

    it("has no sandbox: its commands run in the worker", async () => {
      const { stack } = await deployed(name);
      assert.ok(!stack.has("Role", "sandcastle"));
      assert.equal((await configurationOf(name)).command_handler, "local");
      assert.equal((await worker()).spec.template.spec.automountServiceAccountToken, false);
    });
  });
}

describe("packit-service.yaml of the other services", () => {
  it("says of CentOS Stream what it said, and nothing that its code may not know", async () => {
    for (const [name, prefix, target] of [
      ["stream-stg", "stg.", { repo: "packit-service/src/.+", branch: ".+" }],
      ["stream-prod", "", { repo: "redhat/centos-stream/src/.+", branch: "c9s" }],
    ] as const) {
      const { authentication, ...rest } = await configurationOf(name);
      assert.deepEqual(Object.keys(authentication as object), ["gitlab.com"]);
      assert.match(String(rest.gitlab_token_secret), /./);
      assert.deepEqual(without(rest, "gitlab_token_secret", "command_handler", "command_handler_work_dir"), {
        deployment: name.slice("stream-".length),
        debug: true,
        pkg_tool: "centpkg",
        validate_webhooks: true,
        gitlab_mr_targets_handled: [target],
        enabled_private_namespaces: [
          "gitlab.com/redhat/centos-stream",
          "gitlab.com/redhat/centos-stream/src",
        ],
        server_name: name === "stream-prod" ? "prod.stream.packit.dev" : "stg.stream.packit.dev",
        dashboard_url: `https://dashboard.${prefix}stream.packit.dev`,
        package_config_path_override: ".distro/source-git.yaml",
      });
    }
  });

  it("says of source-git what it said", async () => {
    for (const [name, fasUser] of [
      ["source-git-stg", "packit-stg"],
      ["source-git-prod", "packit"],
    ] as const) {
      const { authentication, ...rest } = await configurationOf(name);
      assert.deepEqual(Object.keys(authentication as object), ["gitlab.com", "src.fedoraproject.org"]);
      assert.match(String(rest.gitlab_token_secret), /./);
      const deployment = name.slice("source-git-".length);
      assert.deepEqual(without(rest, "gitlab_token_secret", "command_handler", "command_handler_work_dir"), {
        deployment,
        debug: true,
        fas_user: fasUser,
        pkg_tool: "fedpkg",
        validate_webhooks: true,
        repository_cache: "/repository-cache",
        server_name: `${deployment}.fedora-source-git.packit.dev`,
        package_config_path_override: ".distro/source-git.yaml",
      });
    }
  });
});

describe("fedora.toml of source-git", () => {
  it("listens to three topics under a name of its own", async () => {
    for (const [name, app] of [
      ["source-git-stg", "fedora-source-git stg"],
      ["source-git-prod", "fedora-source-git"],
    ] as const) {
      const toml = parseToml(await fileOf(name, "fedora-messaging", "fedora.toml")) as unknown as {
        client_properties: { app: string };
        bindings: { routing_keys: string[] }[];
      };
      assert.equal(toml.client_properties.app, app);
      assert.deepEqual(toml.bindings[0]?.routing_keys, [
        "org.fedoraproject.prod.pagure.pull-request.flag.added",
        "org.fedoraproject.prod.pagure.pull-request.flag.updated",
        "org.fedoraproject.prod.git.receive",
      ]);
    }
  });
});

async function fileOf(name: StackUnderTest, secret: string, file: string): Promise<string> {
  const data = (await deployed(name)).stack.object("Secret", secret).data as Readonly<Record<string, string>>;
  return Buffer.from(data[file] ?? assert.fail(file), "base64").toString("utf8");
}

async function configurationOf(name: StackUnderTest): Promise<Record<string, unknown>> {
  return parseYaml(await fileOf(name, "packit-config", "packit-service.yaml")) as Record<string, unknown>;
}

function without(from: Readonly<Record<string, unknown>>, ...keys: readonly string[]) {
  return Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key)));
}
