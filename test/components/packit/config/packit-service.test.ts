import assert from "node:assert/strict";

import fc from "fast-check";
import { parseDocument } from "yaml";

import {
  packitServiceConfig,
  type PackitServiceConfig,
} from "../../../../components/packit/config/packit-service";

const example: PackitServiceConfig = {
  deployment: "stg",
  serverName: "stg.packit.dev",
  dashboardUrl: "https://dashboard.stg.packit.dev",
  keytab: true,
  forges: {
    "github.com": {
      instanceUrl: "https://github.com",
      githubApp: { id: "12345", privateKeyPath: "/gh-secrets/private-key.pem" },
    },
    "gitlab.com": { instanceUrl: "https://gitlab.com", token: "0123456789" },
    "src.fedoraproject.org": { instanceUrl: "https://src.fedoraproject.org", token: "yes", type: "pagure" },
  },
  credentials: { fasPassword: "fas", webhookSecret: "hook", testingFarmSecret: "farm" },
  commandHandler: {
    kind: "sandcastle",
    image: "quay.io/packit/sandcastle:stg",
    namespace: "packit--stg-sandbox",
    storageClass: "aws-ebs",
  },
  repositoryCache: true,
  options: {
    debug: true,
    fasUser: "packit-stg",
    commentCommandPrefix: "/packit-stg",
    admins: ["octocat"],
    projectsToSync: [
      {
        forge: "https://github.com",
        repoNamespace: "packit",
        repoName: "ogr",
        branch: "main",
        dgRepoName: "python-ogr",
        dgBranch: "rawhide",
      },
    ],
    defaultParseTimeMacros: { fedora: "0", dontTouchMyName: "1" },
    rateLimitThreshold: 200,
    enabledProjectsForSrpmInCopr: [],
    fedoraCi: { disabledProjectsForEln: ["https://src.fedoraproject.org/rpms/llvm"] },
  },
};

function read(config: Partial<PackitServiceConfig> = {}): Record<string, unknown> {
  // The code's own reader knows YAML 1.1 only.
  const document = parseDocument(packitServiceConfig({ ...example, ...config }), {
    version: "1.1",
    uniqueKeys: true,
  });
  assert.deepEqual(document.errors, []);
  return document.toJS() as Record<string, unknown>;
}

describe("packit-service.yaml", () => {
  it("says everything under the keys that the code reads", () => {
    assert.deepEqual(read(), {
      deployment: "stg",
      debug: true,
      fas_user: "packit-stg",
      comment_command_prefix: "/packit-stg",
      admins: ["octocat"],
      projects_to_sync: [
        {
          forge: "https://github.com",
          repo_namespace: "packit",
          repo_name: "ogr",
          branch: "main",
          dg_repo_name: "python-ogr",
          dg_branch: "rawhide",
        },
      ],
      default_parse_time_macros: { fedora: "0", dontTouchMyName: "1" },
      rate_limit_threshold: 200,
      enabled_projects_for_srpm_in_copr: [],
      fedora_ci: { disabled_projects_for_eln: ["https://src.fedoraproject.org/rpms/llvm"] },
      server_name: "stg.packit.dev",
      dashboard_url: "https://dashboard.stg.packit.dev",
      keytab_path: "/secrets/fedora.keytab",
      repository_cache: "/repository-cache",
      command_handler: "sandcastle",
      command_handler_work_dir: "/tmp/sandcastle",
      command_handler_image_reference: "quay.io/packit/sandcastle:stg",
      command_handler_k8s_namespace: "packit--stg-sandbox",
      command_handler_storage_class: "aws-ebs",
      command_handler_pvc_volume_specs: [
        {
          path: "/repository-cache",
          pvc_from_env: "SANDCASTLE_REPOSITORY_CACHE_VOLUME",
          read_only: true,
        },
      ],
      authentication: {
        "github.com": {
          instance_url: "https://github.com",
          github_app_id: "12345",
          github_app_private_key_path: "/gh-secrets/private-key.pem",
        },
        "gitlab.com": { instance_url: "https://gitlab.com", token: "0123456789" },
        "src.fedoraproject.org": {
          instance_url: "https://src.fedoraproject.org",
          token: "yes",
          type: "pagure",
        },
      },
      fas_password: "fas",
      webhook_secret: "hook",
      testing_farm_secret: "farm",
    });
  });

  it("leaves out what an instance does not have", () => {
    const keys = Object.keys(
      read({
        dashboardUrl: undefined,
        keytab: false,
        repositoryCache: false,
        commandHandler: { kind: "sandcastle", image: "sandcastle:stg", namespace: "sandbox" },
        credentials: {},
        options: {},
      }),
    );
    assert.deepEqual(keys, [
      "deployment",
      "server_name",
      "command_handler",
      "command_handler_work_dir",
      "command_handler_image_reference",
      "command_handler_k8s_namespace",
      "authentication",
    ]);
  });

  it("has workers run commands themselves where there is no sandbox", () => {
    const local = read({ commandHandler: { kind: "local" } });
    assert.equal(local.command_handler, "local");
    assert.ok(!("command_handler_pvc_volume_specs" in local));
  });

  it("D51: names the server as the start script's regular expression reads it", () => {
    for (const [serverName, host, port] of [
      ["stg.packit.dev", "stg.packit.dev", undefined],
      ["localhost:8443", "localhost", "8443"],
    ]) {
      const text = packitServiceConfig({ ...example, serverName: serverName ?? "" });
      const found = /^server_name: ([^:]+)(?::(\d+))?$/m.exec(text);
      assert.deepEqual([found?.[1], found?.[2]], [host, port]);
    }
  });

  it("D51: refuses a server name that would have to be quoted", () => {
    for (const serverName of ["", "stg.packit.dev ", '"stg.packit.dev"', "stg.packit.dev # here", "a:b"]) {
      assert.throws(() => packitServiceConfig({ ...example, serverName }), /server name cannot be/);
    }
  });

  it("D52: keeps every token a text, whatever it looks like", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom("yes", "null", "0x1f", "1:20", "~")),
        (token) => {
          const forges = { "gitlab.com": { instanceUrl: "https://gitlab.com", token } };
          const { authentication } = read({ forges }) as {
            authentication: Record<string, { token: unknown }>;
          };
          assert.equal(authentication["gitlab.com"]?.token, token);
        },
      ),
    );
  });

  it("D52: quotes a token that would need no quotes, so that nobody has to know which would", () => {
    const forges = { "gitlab.com": { instanceUrl: "https://gitlab.com", token: "glpat-abc" } };
    assert.match(packitServiceConfig({ ...example, forges }), /^ {4}token: "glpat-abc"$/m);
  });

  it("D52: names every forge without a token, instead of sending the word None", () => {
    const forges = {
      "github.com": { instanceUrl: "https://github.com" },
      "gitlab.com": { instanceUrl: "https://gitlab.com", token: "" },
      "pagure.io": { instanceUrl: "https://pagure.io", token: "token" },
    };
    assert.throws(() => packitServiceConfig({ ...example, forges }), /forges github\.com, gitlab\.com:/);
  });

  it("D53: says each key once", () => {
    const keys = packitServiceConfig(example).match(/^\w+(?=:)/gm) ?? [];
    assert.deepEqual(keys, [...new Set(keys)]);
  });
});
