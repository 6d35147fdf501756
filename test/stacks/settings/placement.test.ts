import assert from "node:assert/strict";

import fc from "fast-check";

import {
  BASE_NAMES,
  type Placement,
  parseStackName,
  placementOf,
  stackNameFor,
  TEST_BASES,
} from "../../../stacks/settings";
import { pulls } from "./arbitraries";

/** The name of any stack: an environment, pull requests, or a free label. */
const stackName = fc.oneof(
  fc.constantFrom(...BASE_NAMES),
  fc.tuple(fc.constantFrom(...TEST_BASES), pulls).map(([base, some]) => stackNameFor(base, some)),
  fc
    .tuple(fc.constantFrom(...TEST_BASES), fc.array(words(), { minLength: 1, maxLength: 3 }))
    .map(([base, label]) => `${base}-${label.join("-")}`)
    .filter(isName),
);

describe("placement", () => {
  it("keeps the namespaces that running environments have", () => {
    const namespaces = BASE_NAMES.map((base) => placementOf(parseStackName(base)).namespace);
    assert.deepEqual(namespaces, [
      "packit-dev",
      "packit--stg",
      "packit--prod",
      "stream-stg",
      "stream-prod",
      "fedora-source-git-stg",
      "fedora-source-git-prod",
      "fedora-ci--stg",
      "fedora-ci--prod",
      "copr-dev",
      "copr-stg",
      "copr-prod",
    ]);
    assert.equal(placementOf(parseStackName("prod")).sandboxNamespace, "packit--prod-sandbox");
  });

  it("keeps the hosts that running environments have", () => {
    assert.deepEqual(placementOf(parseStackName("prod")).hosts, {
      api: "prod.packit.dev",
      dashboard: "dashboard.packit.dev",
      workers: "workers.packit.dev",
    });
    assert.deepEqual(placementOf(parseStackName("stg")).hosts, {
      api: "stg.packit.dev",
      dashboard: "dashboard.stg.packit.dev",
      workers: "workers.stg.packit.dev",
    });
    assert.equal(placementOf(parseStackName("stream-prod")).hosts?.api, "prod.stream.packit.dev");
    assert.equal(placementOf(parseStackName("fedora-ci-prod")).hosts?.api, "prod.fedora-ci.packit.dev");
  });

  it("puts a test instance into namespaces and under hosts of its own", () => {
    assert.deepEqual(placementOf(parseStackName("dev-pr-614")), {
      namespace: "packit-dev-pr-614",
      sandboxNamespace: "packit-dev-pr-614-sandbox",
      hosts: {
        api: "pr-614.dev.packit.dev",
        dashboard: "dashboard-pr-614.dev.packit.dev",
        workers: "workers-pr-614.dev.packit.dev",
      },
    });
  });

  it("keeps test instances on prod out of the production domain", () => {
    const { hosts } = placementOf(parseStackName("prod-pr-614"));
    assert.equal(hosts?.api, "pr-614.prod.dev.packit.dev");
  });

  it("gives names that Kubernetes and DNS accept", () => {
    fc.assert(
      fc.property(stackName, (name) => {
        const { namespaces, hosts } = namesIn(placementOf(parseStackName(name)));
        for (const label of [...namespaces, ...hosts.flatMap((host) => host.split("."))]) {
          assert.match(label, /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
        }
      }),
    );
  });

  it("D63 gives no two stacks a namespace or host in common", () => {
    fc.assert(
      fc.property(stackName, stackName, (one, other) => {
        fc.pre(one !== other);
        const left = namesIn(placementOf(parseStackName(one)));
        const right = namesIn(placementOf(parseStackName(other)));
        assert.deepEqual(common(left.namespaces, right.namespaces), []);
        assert.deepEqual(common(left.hosts, right.hosts), []);
      }),
      { numRuns: 2000 },
    );
  });

  it("D63 gives no stack one namespace or host twice", () => {
    fc.assert(
      fc.property(stackName, (name) => {
        const { namespaces, hosts } = namesIn(placementOf(parseStackName(name)));
        assert.equal(new Set(namespaces).size, namespaces.length);
        assert.equal(new Set(hosts).size, hosts.length);
      }),
    );
  });
});

/** Words of which names could be made that look like another stack's. */
function words() {
  return fc.constantFrom("dashboard", "workers", "sandbox", "pr", "stg", "prod", "dev", "a", "packit");
}

function isName(name: string): boolean {
  try {
    parseStackName(name);
    return true;
  } catch {
    return false;
  }
}

function namesIn({ namespace, sandboxNamespace, hosts }: Placement) {
  return {
    namespaces: [namespace, ...(sandboxNamespace === undefined ? [] : [sandboxNamespace])],
    hosts: hosts === undefined ? [] : [hosts.api, hosts.dashboard, hosts.workers],
  };
}

function common(left: readonly string[], right: readonly string[]): readonly string[] {
  return left.filter((name) => right.includes(name));
}
