import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Check, examine, examineAll } from "../../../cli/commands/doctor/check";
import { type Machine, machineChecks } from "../../../cli/commands/doctor/checks/machine";
import { stateChecks } from "../../../cli/commands/doctor/checks/state";
import { asJson, asText, isHealthy } from "../../../cli/commands/doctor/report";
import type { Toolchain } from "../../../tools/setup/toolchain";
import { findingOf, findingsOf } from "./support";

describe("what packit-stacks doctor finds of a machine", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "packit-doctor-"));
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });

  const machine = (more: Partial<Toolchain> = {}, shared = false): Machine => ({
    node: "20.19.0",
    toolchain: {
      pulumiVersion: "3.220.0",
      pulumiSource: "built",
      plugins: "stand-in",
      pulumiHome: home,
      ...more,
    } as Toolchain,
    shared,
  });

  it("is Node.js when it is too old", async () => {
    for (const [node, verdict] of [
      ["18.20.4", "failed"],
      ["20.18.1", "failed"],
      ["20.19.0", "ok"],
      ["22.0.0", "ok"],
    ] as const) {
      assert.equal((await findingOf(machineChecks({ ...machine(), node }), "node")).verdict, verdict, node);
    }
  });

  it("is tools that are not set up", async () => {
    const findings = await findingsOf(machineChecks({ ...machine(), toolchain: undefined }));
    assert.equal(findings.engine?.fix, "run make setup");
    assert.equal(findings.plugins?.verdict, "skipped");
  });

  it("is which plugins there are; stand-ins are no good for what others share", async () => {
    assert.match((await findingOf(machineChecks(machine()), "plugins")).says, /no plugin/);
    mkdirSync(join(home, "plugins", "resource-kubernetes-v4.34.2"), { recursive: true });
    mkdirSync(join(home, "plugins", "resource-kubernetes-v4.34.2.lock"));
    const own = await findingOf(machineChecks(machine()), "plugins");
    assert.deepEqual([own.verdict, own.says], ["ok", "stand-ins: kubernetes 4.34.2"]);
    assert.equal((await findingOf(machineChecks(machine({}, true)), "plugins")).verdict, "warning");
    const official = await findingOf(machineChecks(machine({ plugins: "official" }, true)), "plugins");
    assert.deepEqual([official.verdict, official.says], ["ok", "official: kubernetes 4.34.2"]);
  });
});

describe("what packit-stacks doctor finds of a backend", () => {
  const state = { backend: "s3://state", chosenBy: "login" as const };
  const works = () => Promise.resolve();

  it("is who it takes us for, and that it can be written to", async () => {
    const findings = await findingsOf(
      stateChecks({ ...state, user: () => Promise.resolve("ada"), write: works }),
    );
    assert.match(findings.backend?.says ?? "", /^s3:\/\/state answers ada/);
    assert.equal(findings.writable?.verdict, "ok");
  });

  it("is that it does not answer, and then nothing is written", async () => {
    const user = () => Promise.reject(new Error("NoSuchBucket"));
    const write = () => Promise.reject(new Error("must not be called"));
    const findings = await findingsOf(stateChecks({ ...state, user, write }));
    assert.match(findings.backend?.says ?? "", /NoSuchBucket/);
    assert.equal(findings.writable?.verdict, "skipped");
  });

  it("is that it can only be read", async () => {
    const user = () => Promise.resolve("ada");
    const write = () => Promise.reject(new Error("AccessDenied"));
    const finding = await findingOf(stateChecks({ ...state, user, write }), "writable");
    assert.equal(finding.verdict, "failed");
    assert.match(finding.says, /AccessDenied/);
  });
});

describe("checks", () => {
  it("fail when they cannot be made, or take too long", async () => {
    const thrown = await examine({ id: "x", run: () => Promise.reject(new Error("odd")) });
    assert.deepEqual([thrown.verdict, thrown.says], ["failed", "odd"]);
    const hung: Check = { id: "x", run: () => new Promise(() => undefined) };
    assert.match((await examine(hung, 20)).says, /no answer/);
  });

  it("are skipped when what they need has failed, and told as soon as they are done", async () => {
    const told: string[] = [];
    const findings = await examineAll(
      [
        { id: "first", run: () => ({ verdict: "failed", says: "no", fix: "mend" }) },
        { id: "second", needs: ["first"], run: () => ({ verdict: "ok", says: "yes" }) },
      ],
      ({ id }) => told.push(id),
    );
    assert.deepEqual(told, ["first", "second"]);
    assert.equal(findings[1]?.verdict, "skipped");
    assert.equal(isHealthy(findings), false);
  });

  it("are shown with what to do, and as JSON", () => {
    const finding = { id: "lock", verdict: "failed", says: "held\nby ada", fix: "wait\nor cancel" } as const;
    const indent = " ".repeat(22);
    assert.equal(
      asText(finding),
      `failed   lock         held\n${indent}by ada\n${indent}fix: wait\n${indent}     or cancel`,
    );
    assert.deepEqual(JSON.parse(asJson("stg", [finding])), {
      stack: "stg",
      healthy: false,
      checks: [finding],
    });
  });
});
