import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import type { InstanceView } from "../../../../cli/instances/view";
import { Checkout, type Outcome } from "../../../support/checkout";
import type { GitRepository } from "../../../support/origins/git-repository";
import { origins } from "../../../support/origins/origins";
import { FAILING, SYSTEM, tinyService } from "./tiny-service";
import { writeTinySystem } from "./tiny-system";

const CODE = ["packit-service=614", "ogr=123", "dashboard=12"];
const WORKLOADS = ["packit-dashboard", "packit-service", "packit-worker"] as const;

describe("a test instance of code that is built on the way", function () {
  this.timeout(600_000);
  const from = origins();
  let checkout: Checkout;
  let dashboard: GitRepository;
  let stack: string;

  before(() => {
    const { environment, registry } = from();
    for (const name of ["packit-service", "dashboard"])
      writeTinySystem(join(from().repository(name).folder, "system"));
    from().repository("packit-service").push(614, tinyService(SYSTEM));
    from().repository("ogr").push(123, { news: "first" });
    dashboard = from().repository("dashboard");
    dashboard.push(12, { Dockerfile: SYSTEM, news: "first" });
    checkout = Checkout.make(environment);
    checkout.addSettings("dev", "packit:testInstances:", `  builder: { registry: ${registry.address}/test }`);
  });
  after(() => checkout.close());

  const attempt = (): Promise<Outcome> =>
    checkout.stacks("deploy", "--base=dev", ...CODE, "--only=worker,dashboard", "--json");
  const deploy = async (): Promise<Outcome> => {
    const outcome = await attempt();
    assert.equal(outcome.code, 0, outcome.output);
    return outcome;
  };
  const settings = (): string => readFileSync(join(checkout.root, `Pulumi.${stack}.yaml`), "utf8");
  /** What tells whether something was touched: of each object, which one it is and how often it was changed. */
  const touched = async (): Promise<Readonly<Record<string, string>>> => {
    const objects = await checkout.objectsOf(
      stack,
      "deployments,statefulsets,services,namespaces,configmaps",
    );
    return Object.fromEntries(
      objects.map(({ kind, metadata: { name, uid, generation = 0 } }) => [
        `${kind} ${name}`,
        `${uid} ${generation}`,
      ]),
    );
  };

  it("runs exactly what was built, by its digest", async () => {
    const { stdout, stderr } = await deploy();
    stack = (JSON.parse(stdout) as InstanceView).name;
    assert.match(stderr, /build: built service, worker, dashboard$/m);
    const images = await checkout.imagesOf(stack);
    const { config } = parse(settings()) as { config: Record<string, Record<string, { source: string }>> };
    const pinned = Object.values(config["packit:images"] ?? {}).map(({ source }) => source);
    assert.deepEqual(WORKLOADS.map((name) => images[name]).sort(), pinned.sort());
    const { address } = from().registry;
    for (const workload of WORKLOADS) {
      const [repository = "", digest = ""] = (images[workload] ?? "").split("@");
      assert.equal(repository, `${address}/test/${workload}`);
      const manifest = `http://${address}/v2/test/${workload}/manifests/${digest}`;
      const accept = "application/vnd.oci.image.manifest.v1+json";
      assert.equal((await fetch(manifest, { headers: { accept } })).status, 200);
    }
  });

  it("is built once, and says so", async () => {
    const before = await touched();
    const { stderr } = await deploy();
    assert.match(stderr, /build: service, worker, dashboard were built before$/m);
    assert.match(stderr, /deploy: \d+ unchanged$/m);
    assert.deepEqual(await touched(), before);
  });

  it("is built anew when a pull request gets another commit, and nothing else is touched", async () => {
    const [images, before] = [await checkout.imagesOf(stack), await touched()];
    dashboard.push(12, { news: "second" });
    const { stderr } = await deploy();
    assert.match(stderr, /build: built dashboard; service, worker were built before$/m);
    assert.deepEqual(changesIn(images, await checkout.imagesOf(stack)), ["packit-dashboard"]);
    assert.deepEqual(changesIn(before, await touched()), ["Deployment packit-dashboard"]);
  });

  it("stays as it is when a build fails, whose last lines are shown", async () => {
    const listed = async () => JSON.parse((await checkout.stacks("list", "--json")).stdout) as unknown;
    const [text, before, known] = [settings(), await touched(), await listed()];
    dashboard.push(12, { Dockerfile: FAILING });
    const { code, stdout, stderr } = await attempt();
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /^error: \S*packit-dashboard:\S+ was not built: \S*buildah ended with 3$/m);
    assert.match(stderr, /^ {2}line 3\n[^]*no such package/m);
    assert.deepEqual(await touched(), before);
    assert.deepEqual(await listed(), known);
    assert.equal(settings(), text);
  });
});

/** Names of which two records say different things. */
function changesIn(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]).sort();
}
