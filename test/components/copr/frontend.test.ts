import assert from "node:assert/strict";

import { CoprDatabaseJob } from "../../../components/copr/database-job";
import { CoprFrontend } from "../../../components/copr/frontend";
import { runMocked, type KubernetesObject, type Stack } from "../../support/mocks";
import { application, containerOf, containersOf, data, image, pathsOf, resources, site } from "./fixtures";

function deploy(developer = false): Promise<Stack> {
  return runMocked(() => {
    const app = application(developer ? { login: { kind: "developer" } } : {});
    const { job } = new CoprDatabaseJob("copr-database-job", {
      site,
      image,
      application: app,
      data,
      programs: { "main.py": "print()" },
      chroots: ["fedora-rawhide-x86_64"],
      admins: ["anna"],
      deadlineMinutes: 30,
      resources,
      after: [],
    });
    return new CoprFrontend("copr-frontend", {
      site,
      image,
      application: app,
      host: "copr.example.org",
      data,
      storage: "10Gi",
      resources,
      after: [job],
    });
  });
}

describe("CoprFrontend", () => {
  let stack: Stack;
  let deployment: KubernetesObject;
  before(async () => {
    stack = await deploy();
    deployment = stack.object("Deployment", "copr-frontend");
  });

  it("S3: starts the web server itself, and names a user who needs no password in a developer's instance alone", async () => {
    assert.deepEqual(containerOf(deployment, "copr-frontend").command, ["/usr/sbin/httpd", "-DFOREGROUND"]);
    assert.doesNotMatch(JSON.stringify(deployment), /TEST_REMOTE_USER/);
    const developers = (await deploy(true)).object("Deployment", "copr-frontend");
    assert.match(JSON.stringify(developers), /TEST_REMOTE_USER/);
  });

  it("S5, S19: takes secrets from Secrets; its configuration holds none", () => {
    const config = stack.object("ConfigMap", "copr-frontend-config").data["copr.conf"];
    assert.match(config, /SERVER_NAME = "copr\.example\.org"/);
    assert.doesNotMatch(config, /s3cret/);
    assert.doesNotMatch(JSON.stringify(deployment), /s3cret/);
    const from = containerOf(deployment, "copr-frontend").env.map(
      // eslint-disable-next-line @typescript-eslint/no-explicit-any -- an environment variable as plain data
      ({ name, valueFrom }: any) => `${name} ${valueFrom.secretKeyRef.name}/${valueFrom.secretKeyRef.key}`,
    );
    assert.deepEqual(from, [
      "COPR_SECRET_KEY copr-frontend-secrets/secret-key",
      "COPR_BACKEND_PASSWORD copr-frontend-secrets/backend-password",
      "COPR_DB_USER postgresql/database-user",
      "COPR_DB_PASSWORD postgresql/database-password",
      "COPR_DB_NAME postgresql/database-name",
      "COPR_OIDC_SECRET copr-oidc/secret",
    ]);
  });

  it("C1, C2: comes after the database job", () => {
    const { dependencies } = stack.resource("Deployment", "copr-frontend");
    assert.ok(
      dependencies.some((urn) => urn.endsWith("Job::copr-database-job")),
      dependencies.join(),
    );
  });

  it("B7, C12: keeps uploads and the search index on a volume, and makes the index where there is none", () => {
    const claim = stack.resource("PersistentVolumeClaim", "copr-frontend-data");
    assert.deepEqual([claim.protect, claim.retainOnDelete], [true, true]);
    for (const name of ["prepare", "copr-frontend"])
      assert.ok(pathsOf(containerOf(deployment, name)).includes("/var/lib/copr/data"));
    assert.match(containerOf(deployment, "prepare").command.join("\n"), /manage\.py update-indexes/);
    assert.deepEqual(deployment.spec.strategy, { type: "Recreate" });
  });

  it("B6, B8, C22: is ready when the database answers, under its own name, and lives while it listens", () => {
    const { readinessProbe, livenessProbe, startupProbe } = containerOf(deployment, "copr-frontend");
    assert.deepEqual(readinessProbe.httpGet, {
      path: "/backend/pending-action-count/",
      port: 5000,
      httpHeaders: [{ name: "Host", value: "copr.example.org" }],
    });
    assert.deepEqual(livenessProbe.tcpSocket, { port: 5000 });
    assert.equal(startupProbe.failureThreshold * startupProbe.periodSeconds, 90);
  });

  it("S16: is published with TLS, and admits the router, the backend and dist-git", () => {
    const { host, tls, port } = stack.object("Route", "copr-frontend").spec;
    assert.deepEqual(
      [host, tls, port],
      [
        "copr.example.org",
        { termination: "edge", insecureEdgeTerminationPolicy: "Redirect" },
        { targetPort: "copr-frontend-httpd" },
      ],
    );
    assert.ok(
      stack
        .object("Service", "copr-frontend")
        .spec.ports.some(({ name }: { name: string }) => name === port.targetPort),
    );
    const [rule, ...others] = stack.object("NetworkPolicy", "copr-frontend").spec.ingress;
    assert.equal(others.length, 0);
    assert.deepEqual(rule.from[0].podSelector.matchExpressions[0].values, ["copr-backend", "copr-distgit"]);
    assert.equal(rule.from.length, 2);
  });

  it("S12, S20, C32: runs as its named user with no rights but to be that one, and no token", () => {
    const { spec } = deployment.spec.template;
    assert.deepEqual([spec.securityContext.runAsUser, spec.automountServiceAccountToken], [986, false]);
    assert.match(
      stack.object("ConfigMap", "copr-frontend-users").data.users,
      /^copr-fe:x:986:0:.*\/coprs_frontend:/m,
    );
    const binding = stack.object("RoleBinding", "copr-frontend-fixed-user");
    assert.equal(binding.roleRef.name, "system:openshift:scc:nonroot-v2");
    for (const container of containersOf(deployment).values())
      assert.equal(container.securityContext.readOnlyRootFilesystem, true);
  });

  it("shows its log files", () => {
    assert.deepEqual(containerOf(deployment, "logs").command.slice(-2), [
      "/var/log/httpd/*log",
      "/var/log/copr-frontend/*.log",
    ]);
  });
});

describe("CoprDatabaseJob", () => {
  it("C1, B27: gets the database ready in the image of the web servers", async () => {
    const stack = await deploy();
    const job = stack.object("Job", "copr-database-job");
    assert.deepEqual([job.spec.activeDeadlineSeconds, job.spec.backoffLimit], [1800, 3]);
    const container = containerOf(job, "copr-database-job");
    assert.deepEqual(container.args, ["--chroot=fedora-rawhide-x86_64", "--admin=anna"]);
    assert.equal(container.image, image.reference);
    assert.equal(stack.object("NetworkPolicy", "copr-database-job").spec.ingress.length, 0);
    const ports = stack
      .object("NetworkPolicy", "copr-database-job")
      .spec.egress.flatMap((rule: KubernetesObject) => rule.ports.map(({ port }: { port: number }) => port));
    assert.deepEqual([...new Set(ports)], [53, 5353, 5432]);
  });
});
