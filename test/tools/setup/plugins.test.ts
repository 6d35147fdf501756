import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { choosePlugins, launcherOf, neededPlugins } from "../../../tools/setup/plugins";
import { projectRoot } from "../../../tools/setup/project";
import { claimState, pluginsOfState, StateMismatch } from "../../../tools/setup/state";

describe("choice of plugins", () => {
  const choice = { forced: undefined, offline: false, state: undefined };

  it("takes the official ones where they can be had", () => {
    assert.equal(choosePlugins(choice), "either");
  });

  it("takes the stand-ins when nothing is to be downloaded", () => {
    assert.equal(choosePlugins({ ...choice, offline: true }), "stand-in");
  });

  it("keeps what the existing stacks were made with", () => {
    assert.equal(choosePlugins({ ...choice, state: "stand-in" }), "stand-in");
    assert.equal(choosePlugins({ ...choice, offline: true, state: "official" }), "official");
  });

  it("obeys PACKIT_PLUGINS and refuses a value that it does not know", () => {
    assert.equal(choosePlugins({ ...choice, forced: "official", state: "stand-in" }), "official");
    assert.equal(choosePlugins({ ...choice, forced: "" }), "either");
    assert.throws(
      () => choosePlugins({ ...choice, forced: "mine" }),
      /PACKIT_PLUGINS is "mine": set it to "official"/,
    );
  });

  it("has a version for each stand-in: the npm package's", () => {
    const random = neededPlugins(projectRoot()).find(({ name }) => name === "random");
    assert.match(random?.version ?? "", /^4\.\d+\.\d+$/);
  });

  it("starts a bundle by a path with a quote in it", () => {
    assert.match(launcherOf("/it's/x.js"), /^#!\/bin\/sh\nexec node '\/it'\\''s\/x\.js' "\$@"\n$/);
  });
});

describe("state and plugins", () => {
  let state = "";
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), "state-"));
  });
  afterEach(() => {
    rmSync(state, { recursive: true });
  });

  const stack = (resources: readonly unknown[] | undefined): void => {
    const folder = join(state, ".pulumi", "stacks", "packit");
    mkdirSync(folder, { recursive: true });
    const latest = resources === undefined ? undefined : { resources };
    writeFileSync(join(folder, "dev.json"), JSON.stringify({ checkpoint: { latest } }));
  };

  it("refuses to go on with the other kind, and says how to", () => {
    claimState(state, "stand-in");
    stack([{ urn: "urn:pulumi:dev" }]);
    assert.equal(pluginsOfState(state), "stand-in");
    claimState(state, "stand-in");
    assert.throws(
      () => {
        claimState(state, "official");
      },
      (error: unknown) => error instanceof StateMismatch && error.message.includes("PACKIT_PLUGINS=stand-in"),
    );
  });

  it("lets the kind change when nothing is left of the stacks", () => {
    claimState(state, "stand-in");
    stack(undefined);
    claimState(state, "official");
    stack([]);
    claimState(state, "stand-in");
    assert.equal(pluginsOfState(state), undefined);
  });

  it("takes a stack that cannot be read for one with resources", () => {
    claimState(state, "official");
    stack([]);
    writeFileSync(join(state, ".pulumi", "stacks", "packit", "stg.json"), "{");
    assert.equal(pluginsOfState(state), "official");
  });
});
