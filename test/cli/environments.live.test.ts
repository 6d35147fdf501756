import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { leavesOf } from "../../cli/commands/secrets/leaves";
import { Checkout, type LiveObject } from "../support/checkout";
import { ENVIRONMENTS, SHARED_ENVIRONMENTS } from "../support/environments";
import { watchingCommandLines } from "../support/processes";
import { waitFor } from "../support/sandbox";
import { sharedBetween, traitsOf } from "./traits";

/** The biggest first, so that the last ones are short. */
const BIGGEST_FIRST = [...ENVIRONMENTS].sort((a, b) => Number(isSmall(a)) - Number(isSmall(b)));

/** Those that share the projects of Fedora's dist-git, and nothing else. */
const SIDE_BY_SIDE = ["prod", "fedora-ci-prod", "fedora-ci-stg"] as const;

describe("the environments on one local control plane", () => {
  let checkout: Checkout;
  let tracked: ReadonlyMap<string, string>;
  /** What others on the machine could see while the environments came up: output and command lines. */
  const seen: string[] = [];

  const settingsFiles = (): ReadonlyMap<string, string> =>
    new Map(
      ENVIRONMENTS.map((name) => [name, readFileSync(join(checkout.root, `Pulumi.${name}.yaml`), "utf8")]),
    );
  const workloads = (name: string): Promise<LiveObject[]> =>
    checkout.objectsOf(name, "deployments,statefulsets");
  const stacks = (command: string, name: string) =>
    checkout.stacks(command, name, ...(name === "dev" ? [] : ["--local"]));

  before(() => {
    checkout = Checkout.make();
    tracked = settingsFiles();
  });
  after(() => checkout.close());

  it("are refused without LOCAL=1, and nothing is started", async () => {
    for (const name of SHARED_ENVIRONMENTS) {
      const up = await checkout.stacks("up", name);
      assert.equal(up.code, 1);
      assert.match(up.stderr, /packit:cluster: is missing.*only when told to/);
    }
    assert.match((await checkout.stacks("env")).stdout, /PULUMI_HOME/);
    await assert.rejects(checkout.kubectl("version"));
  });

  it("name every missing secret at once, with the command that makes them up", async () => {
    const preview = await stacks("preview", "stg");
    assert.notEqual(preview.code, 0);
    for (const secret of ["database.password", "tls.privkey", "keytab", "githubApp.privateKey"]) {
      assert.match(preview.output, new RegExp(`packit:secrets: lacks .*${secret.replace(".", "\\.")}`));
    }
    assert.match(preview.output, /make example-secrets STACK=stg LOCAL=1/);
  });

  it("come up with made-up secrets, every object accepted, without a warning", async () => {
    const comeUp = async (name: string): Promise<void> => {
      if (name !== "dev") {
        const secrets = await stacks("example-secrets", name);
        assert.equal(secrets.code, 0, secrets.output);
        seen.push(secrets.output);
      }
      const up = await stacks("up", name);
      assert.equal(up.code, 0, up.output);
      assert.doesNotMatch(up.output, /warning/i);
      seen.push(up.output);
    };
    const { commandLines } = await watchingCommandLines(() => twoAtATime(BIGGEST_FIRST, comeUp));
    seen.push(...commandLines);
    // Nine of them, on two cores.
  }).timeout(600_000);

  it("have every workload ready", async () => {
    for (const name of ENVIRONMENTS) {
      const all = await workloads(name);
      assert.ok(all.length >= 4, `${name} has ${all.length}`);
      for (const { metadata, spec, status } of all) {
        assert.equal(status.readyReplicas, spec.replicas, `${name} ${metadata.name}`);
      }
    }
  });

  it("show no secret in state, files, output, previews or command lines", async () => {
    const traces: string[] = [];
    for (const name of SHARED_ENVIRONMENTS) {
      const { stdout } = await checkout.pulumiLocally(name, "config", "get", "packit:secrets");
      traces.push(...leavesOf(JSON.parse(stdout)).flatMap(({ path, value }) => tracesOf(path, value)));
    }
    assert.ok(traces.length > 80, String(traces.length));
    const preview = await checkout.pulumiLocally("prod", "preview", "--json", "--show-sames");
    assert.match(preview.stdout, /postgres-secret/);
    const all = [...seen, preview.output].join("\n");
    assert.match(all, /pulumi up/);
    assert.deepEqual(
      traces.filter((trace) => all.includes(trace)),
      [],
    );
    assert.deepEqual(await checkout.filesWith(traces), []);
    assert.notDeepEqual(await checkout.filesWith(["encryptionsalt"]), []);
  });

  it("D49: have a sandbox on the managed platform, in a namespace that came after it was asked for", async () => {
    for (const name of ["stg", "prod"]) {
      const sandbox = `packit--${name}-sandbox`;
      const request = await checkout.kubectl(
        "get",
        "tenantnamespaces",
        `${name}-sandbox`,
        "-n",
        "packit--config",
      );
      assert.ok(request !== "");
      const claims = await checkout.kubectl("get", "persistentvolumeclaims", "-n", sandbox, "--output=name");
      assert.equal(claims.trim().split("\n").length, name === "prod" ? 2 : 1);
      await checkout.kubectl("get", "rolebindings", "sandcastle", "-n", sandbox);
    }
  });

  it("share no host, queue, secret, claim or account between Packit's production and both of Fedora CI", async () => {
    const traits = await Promise.all(SIDE_BY_SIDE.map((name) => traitsOf(checkout, name)));
    for (const [index, { name, values }] of traits.entries()) {
      for (const [kind, found] of Object.entries(values))
        assert.ok(found.length > 0, `${name} has no ${kind}`);
      for (const other of traits.slice(index + 1)) {
        assert.deepEqual(sharedBetween(values, other.values), [], `${name} and ${other.name}`);
      }
    }
  });

  it("see nothing to change afterwards", async () => {
    await twoAtATime(BIGGEST_FIRST, async (name) => {
      const preview = await stacks("preview", name);
      assert.match(preview.output, /Resources:\s+\d+ unchanged\s*$/, name);
      assert.doesNotMatch(preview.output, /warning/i);
    });
  });

  it("D32: keep the image that a trigger has set when they are deployed again", async () => {
    const images = async (): Promise<unknown[]> =>
      (await workloads("stg")).map(({ spec }) => spec.template.spec.containers[0].image);
    const before = await images();
    assert.ok(
      before.some((image) => String(image).includes("@sha256:")),
      String(before),
    );
    const again = await stacks("up", "stg");
    assert.match(again.stdout, /Resources:\s+\d+ unchanged/);
    assert.deepEqual(await images(), before);
  });

  it("D48: stop a destroy before it has deleted anything", async () => {
    for (const name of ["stg", "stream-prod"]) {
      const count = async (): Promise<number> =>
        (await checkout.objectsOf(name, "all,configmaps,secrets,persistentvolumeclaims,routes")).length;
      const before = await count();
      const destroy = await stacks("destroy", name);
      assert.notEqual(destroy.code, 0);
      assert.match(destroy.output, /protected/);
      assert.match(destroy.output, /is sealed: nothing of it is deleted/);
      const flags = ["--yes", "--skip-preview", "--exclude-protected"];
      await checkout.pulumiLocally(name, "destroy", ...flags);
      assert.equal(await count(), before);
    }
  });

  it("leave the others as they are when one is taken down", async () => {
    const others = SIDE_BY_SIDE.filter((name) => name !== "fedora-ci-stg");
    const kinds = "all,configmaps,secrets,persistentvolumeclaims,routes,imagestreams,networkpolicies";
    const uids = async (name: string): Promise<string[]> =>
      (await checkout.objectsOf(name, kinds)).map(({ metadata }) => metadata.uid).sort();
    const before = await Promise.all(others.map(uids));
    assert.ok(before.every((some) => some.length > 50));
    const free = await checkout.pulumiLocally("fedora-ci-stg", "state", "unprotect", "--all", "--yes");
    assert.equal(free.code, 0, free.output);
    const destroy = await checkout.stacks("destroy", "fedora-ci-stg", "--local", "--yes");
    assert.equal(destroy.code, 0, destroy.output);
    assert.deepEqual(await workloads("fedora-ci-stg"), []);
    assert.deepEqual(await Promise.all(others.map(uids)), before);
  });

  it("can be made of rendered manifests, by those who apply them that way", async () => {
    const render = (...flags: string[]) => checkout.stacks("render", "fedora-ci-stg", "manifests", ...flags);
    const written = await render();
    assert.equal(written.code, 0, written.output);
    assert.equal((await render("--check")).code, 0);
    const folder = join(checkout.root, "manifests");
    const files = readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith(".yaml"));
    const applied = await checkout.kubectl("apply", "--recursive", "--filename", folder, "--output=name");
    assert.equal(applied.trim().split("\n").length, files.length);
    const all = await workloads("fedora-ci-stg");
    assert.equal(all.length, 10);
    await waitFor(
      async () =>
        (await workloads("fedora-ci-stg")).every(
          ({ spec, status }) => status.readyReplicas === spec.replicas,
        ),
      () => "not all workloads are ready",
      60_000,
    );
    writeFileSync(join(folder, String(files[0])), "kind: Changed\n", { flag: "a" });
    assert.equal((await render("--check")).code, 1);
  });

  it("leave the tracked settings byte for byte as they are", () => {
    assert.deepEqual(settingsFiles(), tracked);
  });
});

/** Whether an environment has few components. */
function isSmall(name: string): boolean {
  return /^(?:stream|source-git)-/.test(name);
}

/** By what a secret can be recognised, as it is and as a Secret holds it; nothing for what is not secret by itself. */
function tracesOf(path: readonly (string | number)[], value: string): string[] {
  if (["fullchain", "publicKey", "serverCa", "user", "username"].includes(String(path.at(-1)))) return [];
  const [longest = ""] = value.split("\n").sort((a, b) => b.length - a.length);
  return [longest, Buffer.from(value).toString("base64")].filter((trace) => trace.length >= 12);
}

/** Runs the action for every name, two of them at any time. All are run even when one fails. */
async function twoAtATime(names: readonly string[], action: (name: string) => Promise<void>): Promise<void> {
  const waiting = [...names];
  const takeTurns = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await action(name);
  };
  for (const turn of await Promise.allSettled([takeTurns(), takeTurns()])) {
    if (turn.status === "rejected") throw turn.reason;
  }
}
