import assert from "node:assert/strict";

import { judge, type Route } from "../../../../local/cluster/controller/routes";
import { tenantNamespaces } from "../../../../local/cluster/controller/tenants";

const route = (namespace: string, name: string, created: string, path?: string): Route => ({
  metadata: { namespace, name, creationTimestamp: created },
  spec: { host: "dev.packit.dev", ...(path === undefined ? {} : { path }) },
});

describe("the router", () => {
  const older = route("one", "api", "2026-01-01T00:00:00Z");
  const younger = route("two", "api", "2026-01-02T00:00:00Z");

  it("gives a host to the oldest route that asks for it", () => {
    assert.equal(judge(older, [younger, older]).status, "True");
    const verdict = judge(younger, [younger, older]);
    assert.equal(verdict.status, "False");
    assert.equal(verdict.reason, "HostAlreadyClaimed");
    assert.match(verdict.message ?? "", /route api in namespace one already exposes dev\.packit\.dev/);
  });

  it("lets routes of one namespace share a host by different paths", () => {
    const metrics = route("one", "metrics", "2026-01-03T00:00:00Z", "/metrics");
    assert.equal(judge(metrics, [older, metrics]).status, "True");
    const twin = route("one", "twin", "2026-01-03T00:00:00Z");
    assert.equal(judge(twin, [older, twin]).status, "False");
  });

  it("decides by name between routes of the same second", () => {
    const twin = route("zzz", "api", "2026-01-01T00:00:00Z");
    assert.equal(judge(older, [twin, older]).status, "True");
    assert.equal(judge(twin, [twin, older]).status, "False");
  });
});

describe("TenantNamespaces", () => {
  const request = (namespace: string): { metadata: { name: string; namespace: string } } => ({
    metadata: { name: "stg-sandbox", namespace },
  });

  it("ask for a namespace with the tenant's name before theirs", () => {
    assert.equal(tenantNamespaces.namespaceOf(request("packit--config")), "packit--stg-sandbox");
  });

  it("are not served outside a tenant's configuration, and say so", () => {
    assert.equal(tenantNamespaces.namespaceOf(request("packit")), undefined);
    const status = tenantNamespaces.statusFor(request("packit"), false);
    assert.match(JSON.stringify(status), /"False","reason":"NotInConfigNamespace"/);
  });

  it("say once that their namespace is there", () => {
    const status = tenantNamespaces.statusFor(request("packit--config"), true);
    assert.match(JSON.stringify(status), /"Ready","status":"True"/);
    const told = { ...request("packit--config"), status: status as { conditions: [] } };
    assert.equal(tenantNamespaces.statusFor(told, true), undefined);
  });
});
