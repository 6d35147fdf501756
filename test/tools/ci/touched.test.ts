import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { projectRoot } from "../../../tools/setup/project";
import { SHARED_ENVIRONMENTS } from "../../support/environments";

const PACKIT = SHARED_ENVIRONMENTS;
const COPR = ["copr-stg", "copr-prod"];
const ALL = [...PACKIT, ...COPR];

describe("the stacks that a change touches", () => {
  let touched: (files: readonly string[], existing: readonly string[]) => string[];
  before(async () => {
    const url = pathToFileURL(join(projectRoot(), "tools", "ci", "touched.mjs")).href;
    touched = ((await import(url)) as { touchedStacks: typeof touched }).touchedStacks;
  });

  for (const [files, stacks] of [
    [["docs/gate.md", "README.md", "test/cli/next.test.ts", ".gitignore", "Makefile"], []],
    [["Pulumi.prod.yaml"], ["prod"]],
    [["Pulumi.dev.yaml", "Pulumi.unheard-of.yaml"], []],
    [["components/copr/backend.ts"], COPR],
    [["components/packit/api.ts"], PACKIT],
    [["components/platform/pod.ts"], ALL],
    [["package-lock.json"], ALL],
    [["a file that nobody has thought of"], ALL],
    [
      ["Pulumi.stg.yaml", "components/copr/users.ts", "docs/copr.md"],
      ["stg", ...COPR],
    ],
  ] as const) {
    it(`of ${files.join(", ")} are ${stacks.join(", ") || "none"}`, () => {
      assert.deepEqual(touched(files, ALL), stacks);
    });
  }

  it("are only those that the repository has settings of", () => {
    assert.deepEqual(touched(["components/copr/backend.ts"], ["prod"]), []);
  });

  it("are built of every folder, unless it is known to be apart", () => {
    const root = projectRoot();
    const apart = ["docs", "test", "bench", "local", "cli", "fleet", "node_modules"];
    const folders = readdirSync(root).filter(
      (name) => !name.startsWith(".") && existsSync(join(root, name, ".")),
    );
    const missed = folders.filter((name) => touched([`${name}/some/file.ts`], ALL).length === 0);
    assert.deepEqual(missed.sort(), apart.filter((name) => missed.includes(name)).sort());
  });
});
