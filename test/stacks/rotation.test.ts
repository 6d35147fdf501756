import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type Leaf, treeOf } from "../../cli/commands/secrets/leaves";
import { CHECKSUM_ANNOTATION } from "../../components/platform/pod";
import { packit } from "../../stacks/packit";
import { clusterProvider } from "../../stacks/parts/cluster";
import { jobPrograms } from "../../stacks/parts/job-programs";
import { type GivenSecrets, type SecretNeed, secretsNeeded } from "../../stacks/settings";
import { overlay } from "../../stacks/settings/tree";
import { type KubernetesObject, runMocked } from "../support/mocks";
import { EVERYTHING } from "./everything";
import { load, ROOT, tracked } from "./settings/loading";

/** The table of the operations guide: what restarts when the secrets of a purpose change, by their names. */
function guide(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(join(ROOT, "docs/operations/secrets.md"), "utf8");
  const rows = [...text.matchAll(/^\| `(\w+)` +\|[^|]*\|([^|]*)\|$/gm)];
  return new Map(
    rows.map(([, purpose = "", names = ""]) => [
      purpose,
      [...names.matchAll(/`([\w-]+)`/g)].map(([, name = ""]) => name),
    ]),
  );
}

const settings = load("prod", { values: overlay(tracked("prod"), EVERYTHING), local: true });
const needs = secretsNeeded(settings);

/** A value of the secret's form. */
function valueOf({ form, path }: SecretNeed, version: 1 | 2): string {
  switch (form) {
    case "uuid":
      return `0f3c1d6e-5a94-4b0c-8f0e-2f6f0a7c9d1${version}`;
    case "keytab":
      return Buffer.from(`keytab ${version}`).toString("base64");
    case "appId":
    case "port":
      return `${version}`;
    default:
      return `${path.join("-")}-${version}`;
  }
}

/** Checksums of all pods by the name of what makes them, when the secrets of one purpose are new. */
async function checksums(rotated?: string): Promise<ReadonlyMap<string, string>> {
  const leaves = needs.map((need): Leaf => {
    return { path: need.path, value: valueOf(need, need.path[0] === rotated ? 2 : 1) };
  });
  const input = { settings, secrets: treeOf(leaves) as GivenSecrets };
  const { resources } = await runMocked(() =>
    packit(input, clusterProvider(settings, ROOT), jobPrograms(ROOT)),
  );
  return new Map(resources.flatMap(({ inputs }) => checksumOf(inputs)));
}

function checksumOf(inputs: Record<string, unknown>): [string, string][] {
  const { metadata, spec } = inputs as unknown as KubernetesObject;
  const template = spec?.jobTemplate?.spec.template ?? spec?.template;
  const checksum = template?.metadata?.annotations?.[CHECKSUM_ANNOTATION];
  return checksum === undefined ? [] : [[metadata.name, checksum]];
}

describe("D25: rotating the secrets of one purpose, in production with everything on,", function () {
  // The whole program runs once for each purpose.
  this.timeout(60_000);

  const table = guide();
  let usual: ReadonlyMap<string, string>;

  before(async () => {
    usual = await checksums();
    assert.ok(usual.size >= 18, String(usual.size));
  });

  it("is described for every purpose that a stack can have", () => {
    assert.deepEqual([...table.keys()].sort(), [...new Set(needs.map(({ path }) => String(path[0])))].sort());
  });

  for (const [purpose, readers] of table) {
    it(`${purpose}: restarts ${readers.join(", ")}, and nothing else`, async () => {
      const after = await checksums(purpose);
      const restarted = [...after].filter(([name, checksum]) => usual.get(name) !== checksum);
      assert.deepEqual(restarted.map(([name]) => name).sort(), [...readers].sort());
    });
  }
});
