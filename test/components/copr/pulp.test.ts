import assert from "node:assert/strict";

import { parse } from "smol-toml";

import { baseUrl } from "../../../components/copr/config/addresses";
import { pulpClientConfig, symmetricKey } from "../../../components/copr/config/pulp";
import { CoprPulp } from "../../../components/copr/pulp";
import { type KubernetesObject, runMocked, type Stack } from "../../support/mocks";
import { containerOf, containersOf, image, pathsOf, resources, secret, site } from "./fixtures";

const DATABASE = "copr-pulp-postgres-15";

describe("CoprPulp", () => {
  let stack: Stack;
  let deployment: KubernetesObject;
  before(async () => {
    stack = await runMocked(
      () =>
        new CoprPulp("copr-pulp", {
          site,
          image,
          frontImage: { reference: "quay.io/nginx/x@sha256:2" },
          secrets: secret("copr-pulp-secrets", {
            "secret-key": "s3cret-django",
            "admin-password": "s3cret-admin",
            "database_fields.symmetric.key": symmetricKey("s3cret-columns"),
          }),
          database: {
            name: DATABASE,
            image: { reference: "quay.io/sclorg/postgresql-15-c9s@sha256:3" },
            credentials: secret("copr-pulp-credentials", {
              "database-user": "pulp",
              "database-password": "s3cret-db",
              "database-name": "pulp",
            }),
            storage: "4Gi",
            resources: { ...resources, limits: { cpu: "1", memory: "1Gi" } },
          },
          storage: "20Gi",
          resources,
        }),
    );
    deployment = stack.object("Deployment", "copr-pulp");
  });

  it("B26: is reached by the backend and the server of results, at its one address, and reaches its database", () => {
    const { ingress, egress } = stack.object("NetworkPolicy", "copr-pulp").spec;
    const components = (names: string[]): KubernetesObject[] =>
      [
        { podSelector: { matchExpressions: [{ key: "component", operator: "In", values: names }] } },
      ] as unknown as KubernetesObject[];
    assert.deepEqual(ingress, [
      { from: components(["copr-backend", "copr-backend-httpd"]), ports: [{ protocol: "TCP", port: 8080 }] },
    ]);
    assert.deepEqual(egress.slice(1), [
      { to: components([DATABASE]), ports: [{ protocol: "TCP", port: 5432 }] },
    ]);
    const [admitted] = stack.object("NetworkPolicy", DATABASE).spec.ingress;
    assert.deepEqual(admitted.from, components(["copr-pulp"]));
    assert.equal(stack.has("Route", "copr-pulp"), false);
    assert.deepEqual(stack.object("Service", "copr-pulp-database").spec.selector, { component: DATABASE });
  });

  it("S15: is not root's, and has no password in its objects", () => {
    const { runAsUser, runAsNonRoot, fsGroup } = deployment.spec.template.spec.securityContext;
    assert.deepEqual([runAsUser, runAsNonRoot, fsGroup], [700, true, 700]);
    const text = JSON.stringify([...stack.objects("Deployment"), ...stack.objects("ConfigMap")]);
    assert.equal(text.includes("s3cret"), false);
    const names = [...containersOf(deployment)].filter(([, { env = [] }]) =>
      env.some(({ name }: KubernetesObject) => name === "ADMIN_PASSWORD"),
    );
    assert.deepEqual(
      names.map(([name]) => name),
      ["prepare"],
    );
    for (const { securityContext } of containersOf(deployment).values())
      assert.equal(securityContext.readOnlyRootFilesystem, true);
  });

  it("S15, C30: keeps packages and database when the stack goes", () => {
    for (const name of ["copr-pulp-data", DATABASE]) {
      const { protect, retainOnDelete } = stack.resource("PersistentVolumeClaim", name);
      assert.deepEqual([protect, retainOnDelete], [true, true], name);
    }
  });

  it("migrates its database before its programs start, which share packages and key", () => {
    assert.match(containerOf(deployment, "prepare").command[2], /pulpcore-manager migrate --noinput/);
    for (const name of ["api", "content", "worker", "prepare"]) {
      const paths = pathsOf(containerOf(deployment, name));
      assert.ok(paths.includes("/var/lib/pulp") && paths.includes("/etc/pulp/certs"), name);
    }
    const httpd = pathsOf(containerOf(deployment, "httpd"));
    assert.deepEqual(
      httpd.filter((path) => path.startsWith("/etc/pulp/") || path === "/var/lib/pulp"),
      [],
    );
    assert.deepEqual(containerOf(deployment, "api").readinessProbe.httpGet, {
      path: "/pulp/api/v3/status/",
      port: 24_817,
    });
  });

  it("S6: is known to the backend by a file that its client reads", () => {
    const text = pulpClientConfig(baseUrl("http://copr-pulp:8080"), `s3cret "quoted" \\`);
    const { cli } = parse(text) as { cli: Record<string, unknown> };
    assert.equal(cli.base_url, "http://copr-pulp:8080");
    assert.equal(cli.password, `s3cret "quoted" \\`);
  });

  it("has a key of 32 bytes in the alphabet of addresses", () => {
    for (let index = 0; index < 50; index++) {
      const key = symmetricKey(`secret ${index}`);
      assert.match(key, /^[A-Za-z0-9_-]{43}=$/);
      assert.equal(Buffer.from(key, "base64url").length, 32);
    }
  });
});
