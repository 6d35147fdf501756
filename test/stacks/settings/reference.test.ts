import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { coprSchema } from "../../../stacks/settings/copr/schema";
import { coprSecretsSchema } from "../../../stacks/settings/copr/schema/secrets";
import { referenceFiles } from "../../../stacks/settings/reference/files";
import { leavesOf } from "../../../stacks/settings/reference/leaves";
import { packitSchema } from "../../../stacks/settings/schema/packit";
import { secretsSchema } from "../../../stacks/settings/schema/secrets";
import { metaOf } from "../../../stacks/settings/wording";
import { ROOT } from "./loading";

describe("the reference of settings", () => {
  it("is up to date (if not: npm run docs:settings)", () => {
    for (const [file, content] of Object.entries(referenceFiles())) {
      assert.equal(readFileSync(join(ROOT, file), "utf8"), content, file);
    }
  });

  it("describes every setting and every secret", () => {
    const schemas = [packitSchema, secretsSchema, coprSchema, coprSecretsSchema];
    for (const { path, schema } of schemas.flatMap((schema) => leavesOf(schema))) {
      assert.notEqual(metaOf(schema).description ?? "", "", path.join("."));
    }
  });

  it("is what the engine leaves to it: the project declares no configuration keys", () => {
    const project = parse(readFileSync(join(ROOT, "Pulumi.yaml"), "utf8")) as Record<string, unknown>;
    assert.equal(project.config, undefined);
  });
});
