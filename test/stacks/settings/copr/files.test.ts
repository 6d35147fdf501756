import assert from "node:assert/strict";
import { join } from "node:path";

import { filesIn } from "../../../../stacks/settings";
import { checkCoprFile, isLocal, readCoprFile } from "../../../../stacks/settings/copr/files";
import { settingKey } from "../../../../stacks/settings/tree";
import { findingsIn } from "../loading";
import { coprStack } from "./loading";

const FILES = filesIn(join(__dirname, "../../../.."));

describe("the tracked files of Coprs", () => {
  it("send copr-dev to this machine, and tell where it is", () => {
    const { addresses, local, namespace } = checkCoprFile(coprStack("copr-dev"), FILES, false);
    assert.deepEqual([local, namespace], [true, "copr-dev"]);
    assert.equal(addresses.frontend, "https://copr-dev.packit.dev");
    assert.ok(isLocal(readCoprFile(coprStack("copr-stg"), FILES, true), true));
  });

  it("C20: let the images of production be pinned before they are", () => {
    const stack = coprStack("copr-prod");
    const keys = (trusted: readonly string[]): readonly string[] =>
      findingsIn(() => readCoprFile(stack, FILES, false, trusted)).map(({ key }) => key);
    const sources = readCoprFile(stack, FILES, true).settings.imageUses.map(({ path }) =>
      settingKey([...path, "source"]),
    );
    assert.ok(keys([]).includes("packit:images.frontend.source"));
    assert.deepEqual(
      keys(sources).filter((key) => key.includes("mage")),
      [],
    );
  });
});
