import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import fc from "fast-check";

import { coprUrls } from "../../../../components/copr/config/addresses";
import { FRONTEND_VARIABLES, frontendConfig } from "../../../../components/copr/config/frontend";
import { program } from "../../../support/programs";
import { FRONTEND, output, URLS } from "./fixtures";

/** Runs the file as Flask does, and prints its settings and what SQLAlchemy would take the database's address for. */
const READ = `
import json, sys, types
from urllib.parse import unquote, urlsplit
module = types.ModuleType("config")
exec(compile(sys.stdin.read(), "copr.conf", "exec"), module.__dict__)
values = {name: value for name, value in vars(module).items() if name.isupper()}
uri = urlsplit(values["SQLALCHEMY_DATABASE_URI"])
parts = [unquote(uri.username), unquote(uri.password), uri.hostname, uri.port, unquote(uri.path[1:])]
print(json.dumps([values, parts]))
`;

const SECRETS = {
  [FRONTEND_VARIABLES.secretKey]: "cookies",
  [FRONTEND_VARIABLES.backendPassword]: "shared",
  [FRONTEND_VARIABLES.databaseUser]: "copr-fe",
  [FRONTEND_VARIABLES.databasePassword]: "p@ss/w%rd:#?",
  [FRONTEND_VARIABLES.databaseName]: "copr-db",
  [FRONTEND_VARIABLES.oidcSecret]: "client",
};

describe("copr.conf, as Python reads it", () => {
  const python = program("python3");
  const read = (config = FRONTEND, env: Record<string, string> = SECRETS) =>
    JSON.parse(output(python, ["-c", READ], frontendConfig(config), env)) as [
      Record<string, unknown>,
      unknown[],
    ];

  it("C3, C4, C5, C6, C7: names public addresses alone, without a slash at the end", () => {
    const [values] = read({ ...FRONTEND, urls: { ...URLS } });
    assert.equal(values.PUBLIC_COPR_BASE_URL, "https://copr.example.org");
    assert.equal(values.PUBLIC_COPR_HOSTNAME, "copr.example.org");
    assert.equal(values.BACKEND_BASE_URL, "https://results.example.org");
    assert.equal(values.DIST_GIT_URL, "https://dist-git.example.org/cgit");
    assert.equal(values.DIST_GIT_CLONE_URL, "https://dist-git.example.org/git");
    assert.equal(values.COPR_DIST_GIT_LOGS_URL, "https://dist-git.example.org/per-task-logs");
    assert.equal(values.ENFORCE_PROTOCOL_FOR_BACKEND_URL, "https");
    assert.equal(values.RESALLOC_URL, undefined);
  });

  it("B8: answers to its public name, with the port", () => {
    const urls = coprUrls({ frontend: "localhost:5000", results: "localhost:5002", distGit: "d" }, "http");
    const [values] = read({ ...FRONTEND, urls });
    assert.equal(values.SERVER_NAME, "localhost:5000");
    assert.equal(values.ENFORCE_PROTOCOL_FOR_FRONTEND_URL, "http");
  });

  it("S2: shows no debugger, and C31: lets people log in by OpenID Connect", () => {
    const [values] = read();
    assert.equal(values.DEBUG, false);
    assert.equal(values.ENV, "production");
    assert.equal(values.OIDC_LOGIN, true);
    assert.equal(values.OIDC_SECRET, "client");
    assert.equal(values.OIDC_SCOPES, "openid profile email");
    assert.equal(values.OIDC_METADATA, "https://id.example.org/.well-known/openid-configuration");
    assert.equal(values.KRB5_LOGIN, undefined);
    assert.equal(values.FAS_LOGIN, false);
  });

  it("S3: has the log-in without a password on a developer's own instance alone", () => {
    const [values] = read({ ...FRONTEND, login: { kind: "developer" } });
    assert.equal(values.DEBUG, true);
    assert.deepEqual(values.KRB5_LOGIN, { log_text: "dev-login", email_domain: "localhost" });
    assert.equal(values.OIDC_LOGIN, false);
    assert.equal(values.OIDC_SECRET, undefined);
  });

  it("S4, S5: does not start without any one of its secrets", () => {
    const refusals = Object.keys(SECRETS).map((variable) => [variable, undefined] as const);
    for (const [variable, value] of [...refusals, [FRONTEND_VARIABLES.secretKey, ""] as const]) {
      const ended = spawnSync(python, ["-c", READ], {
        input: frontendConfig(FRONTEND),
        encoding: "utf8",
        env: { PATH: process.env.PATH, ...SECRETS, [variable]: value },
      });
      assert.notEqual(ended.status, 0);
      assert.match(ended.stderr, new RegExp(`RuntimeError: ${variable} is not set`));
    }
  });

  it("B4: encodes every part of the database's address", () => {
    const text = fc.string({ minLength: 1, unit: "grapheme" }).filter((value) => !value.includes("\0"));
    for (const [user, password, database] of [
      ["copr-fe", "p@ss/w%rd:#?", "copr-db"] as const,
      ...fc.sample(fc.tuple(text, text, text), 5),
    ]) {
      const [, parts] = read(FRONTEND, {
        ...SECRETS,
        [FRONTEND_VARIABLES.databaseUser]: user,
        [FRONTEND_VARIABLES.databasePassword]: password,
        [FRONTEND_VARIABLES.databaseName]: database,
      });
      assert.deepEqual(parts, [user, password, "postgresql", 5432, database]);
    }
  });

  it("B26: takes the storage from one choice", () => {
    const [backend] = read();
    assert.equal(backend.DEFAULT_STORAGE, "backend");
    assert.equal(backend.PULP_CONTENT_URL, undefined);
    const [pulp] = read({ ...FRONTEND, storage: { kind: "pulp", service: { host: "pulp", port: 80 } } });
    assert.equal(pulp.DEFAULT_STORAGE, "pulp");
    assert.equal(pulp.PULP_CONTENT_URL, "https://results.example.org/results/");
  });

  it("C12, C33: keeps its state in one folder, and sends no mail unless told so", () => {
    const [values] = read({ ...FRONTEND, dataFolder: "/data", limits: { maxTimeout: 200_000 } });
    assert.equal(values.STORAGE_DIR, "/data/srpm_storage");
    assert.equal(values.WHOOSHEE_DIR, "/data/whooshee");
    assert.equal(values.LOG_DIR, "/var/log/copr-frontend/");
    assert.equal(values.SEND_EMAILS, false);
    assert.equal(values.MAX_BUILD_TIMEOUT, 200_000);
    assert.equal(values.CACHE_TYPE, "redis");
  });

  it("S19: holds no secret itself", () => {
    const text = frontendConfig(FRONTEND);
    assert.deepEqual(
      Object.values(SECRETS).filter((secret) => text.includes(`"${secret}"`)),
      [],
    );
  });
});

describe("copr.conf", () => {
  it("is refused for what the frontend would read as something else", () => {
    assert.throws(() => frontendConfig({ ...FRONTEND, dataFolder: "data" }), /absolute path/);
    assert.throws(() => frontendConfig({ ...FRONTEND, deleteEolChrootsAfter: 0.5 }), /deleteEolChrootsAfter/);
    assert.throws(
      () => frontendConfig({ ...FRONTEND, limits: { defaultTimeout: 10, maxTimeout: 5 } }),
      /allow as much/,
    );
    const login = {
      kind: "oidc",
      provider: "P",
      client: "c",
      endpoints: { metadata: "https://id" },
    } as const;
    assert.throws(
      () => frontendConfig({ ...FRONTEND, login: { ...login, scopes: ["profile"] } }),
      /lack openid/,
    );
  });
});
