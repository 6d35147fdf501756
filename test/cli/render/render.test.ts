import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "yaml";

import { applyChange, changeOf } from "../../../cli/commands/render/folder";
import { MARK, manifest } from "../../../cli/commands/render/manifest";
import type { PlannedObject } from "../../../cli/planned";
import type { KubernetesObject } from "../../support/mocks";
import { deployed, type StackUnderTest } from "../../stacks/deployed";

/** By which the engine marks a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** What the program makes, as it is planned without an engine; secrets are marked as the engine does. */
async function planned(name: StackUnderTest): Promise<readonly PlannedObject[]> {
  const { stack } = await deployed(name);
  return stack.resources
    .filter(({ type }) => type.startsWith("kubernetes:"))
    .map(({ inputs }) => {
      const { apiVersion, kind, metadata, data } = inputs as unknown as KubernetesObject;
      const { name: own, namespace = "" } = metadata;
      const body =
        kind === "Secret" ? { ...inputs, data: { [SIGNATURE]: "secret", value: data as object } } : inputs;
      return { apiVersion: String(apiVersion), kind: String(kind), name: own, namespace, body };
    });
}

describe("manifests of a stack", () => {
  let texts: ReadonlyMap<string, string>;
  let objects: readonly KubernetesObject[];
  before(async () => {
    const manifests = (await planned("fedora-ci-prod")).map((object) => manifest("fedora-ci-prod", object));
    texts = new Map(manifests.map(({ path, text }) => [path, text]));
    objects = [...texts.values()].map((text) => parse(text) as KubernetesObject);
  });

  it("are those of the program, all of them, each in a file of its own", async () => {
    const { objects: made } = await deployed("fedora-ci-prod");
    assert.equal(texts.size, made.all.length);
    const titles = objects.map(({ kind, metadata }) => `${String(kind)}/${metadata.name}`);
    assert.deepEqual(titles.sort(), made.all.map(({ kind, name }) => `${kind}/${name}`).sort());
  });

  it("hold no value of a Secret, and say which there are", async () => {
    const { stack } = await deployed("fedora-ci-prod");
    const secrets = objects.filter(({ kind }) => kind === "Secret");
    assert.ok(secrets.length > 8);
    for (const secret of secrets) {
      assert.deepEqual(Object.keys(secret).sort(), ["apiVersion", "kind", "metadata", "type"]);
    }
    const keys = texts.get("fedora-ci--prod/2-secret-packit-ssh.yaml") ?? "";
    assert.match(keys, /# To be filled, .*: id_ed25519, id_ed25519\.pub\n/);
    const all = [...texts.values()].join("\n");
    const values = stack.objects("Secret").flatMap(({ data }) => Object.values(data as object).map(String));
    assert.ok(values.length > 12);
    // Not in the form in which a Secret holds it, nor as it is; names and short words may stand elsewhere too.
    const forms = values.flatMap((value) => [value, Buffer.from(value, "base64").toString("utf8")]);
    assert.deepEqual(
      forms.filter((form) => form.length >= 12 && all.includes(form)),
      [],
    );
    assert.doesNotMatch(all, /4dabf18193072939515e22adb298388d|pulumi\.com\//);
  });

  it("are in the order in which they can be applied", () => {
    const sorted = [...texts.keys()].sort();
    const order = ["project-", "serviceaccount-", "configmap-", "service-postgres", "deployment-", "route-"];
    const positions = order.map((part) => sorted.findIndex((path) => path.includes(part)));
    assert.ok(!positions.includes(-1), positions.join());
    assert.deepEqual(
      positions,
      [...positions].sort((a, b) => a - b),
    );
  });

  it("can be made of stacks of every platform", async () => {
    for (const name of ["prod", "dev-pr-614"] as const) {
      const all = (await planned(name)).map((object) => manifest(name, object));
      assert.equal(new Set(all.map(({ path }) => path)).size, all.length, name);
    }
  });
});

describe("the folder of manifests", () => {
  let folder: string;
  const files = (...paths: string[]): ReadonlyMap<string, string> =>
    new Map(paths.map((path) => [path, `${MARK}fedora-ci-prod\nkind: ${path}\n`]));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "packit-stacks-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const bring = (wanted: ReadonlyMap<string, string>) => {
    const change = changeOf(folder, "fedora-ci-prod", wanted);
    applyChange(folder, wanted, change);
    return change;
  };

  it("holds what it should, and no longer what it did", () => {
    const first = files("a.yaml", "ns/b.yaml");
    assert.deepEqual(bring(first), { written: ["a.yaml", "ns/b.yaml"], removed: [] });
    assert.deepEqual(bring(first), { written: [], removed: [] });
    writeFileSync(join(folder, "README.md"), "mine");
    writeFileSync(join(folder, "mine.yaml"), "kind: Mine\n");
    assert.deepEqual(bring(files("ns/b.yaml", "ns/c.yaml")), { written: ["ns/c.yaml"], removed: ["a.yaml"] });
    assert.deepEqual(readdirSync(folder).sort(), ["README.md", "mine.yaml", "ns"]);
    writeFileSync(join(folder, "ns", "b.yaml"), `${MARK}fedora-ci-prod\nkind: changed by hand\n`);
    assert.deepEqual(bring(files("ns/b.yaml", "ns/c.yaml")).written, ["ns/b.yaml"]);
    assert.match(readFileSync(join(folder, "ns", "b.yaml"), "utf8"), /kind: ns\/b/);
  });

  it("is not another stack's, and not somebody's own", () => {
    writeFileSync(join(folder, "a.yaml"), "kind: Mine\n");
    assert.throws(() => bring(files("a.yaml")), /was not made by this command/);
    writeFileSync(join(folder, "a.yaml"), `${MARK}prod\nkind: Theirs\n`);
    assert.throws(() => bring(files("b.yaml")), /manifests of another stack/);
  });
});
