import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

import { ec2Pool } from "../../../components/copr/aws/ec2-pool";
import type { Credentials } from "../../../components/copr/aws/builder-identity";
import { playbookPath, Resalloc } from "../../../components/copr/resalloc";
import { ResallocWeb } from "../../../components/copr/resalloc-web";
import { stackTag } from "../../../fleet/tag";
import { type KubernetesObject, runMocked, type Stack } from "../../support/mocks";
import { containerOf, containersOf, data, image, pathsOf, resources, secret, site, urls } from "./fixtures";

const POOL = "copr_stg__x86";

function deploy(how: "key" | "role"): Promise<Stack> {
  const credentials: Credentials =
    how === "role"
      ? { kind: "role", roleArn: pulumi.output("arn:aws:iam::123456789012:role/copr-stg") }
      : { kind: "key", accessKeyId: pulumi.output("AKIA1"), secretAccessKey: pulumi.secret("s3cret/key") };
  return runMocked(() => {
    const resalloc = new Resalloc("resalloc", {
      site,
      image,
      pools: pulumi.output("sg-1").apply((securityGroup) => ({
        [POOL]: ec2Pool(
          {
            keyName: "copr-stg-1",
            securityGroup,
            subnets: ["subnet-1"],
            address: "public",
            stackTag: stackTag("packit/copr-stg"),
            playbook: playbookPath(POOL),
          },
          {
            max: 2,
            image: "ami-1",
            instanceType: "c6a.2xlarge",
            architecture: "x86_64",
            machine: { memory: "16Gi", rootVolume: "40Gi", swap: "16Gi", mockTmpfs: "24Gi" },
          },
        ),
      })),
      machines: { [POOL]: { swap: true, mockTmpfs: "24Gi" } },
      builder: { urls, vendor: "Copr stg" },
      publicKey: "ssh-ed25519 AAAA copr-stg\n",
      builderKey: secret("copr-builder-key", { id: "s3cret" }),
      builderNetworks: ["10.1.0.0/16"],
      aws: { region: "us-east-1", credentials },
      data,
      storage: "1Gi",
      resources,
      tidySchedule: "7 * * * *",
      programs: { "main.py": "main", "cron.py": "cron" },
      after: [],
    });
    new ResallocWeb("resalloc-webui", {
      site,
      image,
      host: "resalloc.copr.example.org",
      resalloc: { name: "resalloc", config: resalloc.config, claim: resalloc.claim },
      data,
      resources,
      after: [resalloc],
    });
  });
}

describe("Resalloc", () => {
  let stack: Stack;
  let deployment: KubernetesObject;
  before(async () => {
    stack = await deploy("key");
    deployment = stack.object("Deployment", "resalloc");
  });

  it("S9: the backend alone calls it, and it calls AWS and builders alone", () => {
    const { ingress, egress } = stack.object("NetworkPolicy", "resalloc").spec;
    const values = ["copr-backend"];
    assert.deepEqual(ingress, [
      {
        from: [{ podSelector: { matchExpressions: [{ key: "component", operator: "In", values }] } }],
        ports: [{ protocol: "TCP", port: 49_100 }],
      },
    ]);
    assert.deepEqual(egress.slice(1), [
      { to: [{ ipBlock: { cidr: "10.1.0.0/16" } }], ports: [{ protocol: "TCP", port: 22 }] },
      { ports: [{ protocol: "TCP", port: 443 }] },
    ]);
    assert.equal(stack.has("Route", "resalloc"), false);
  });

  it("K6: has its pools, in which commands name files that are there", () => {
    const config = stack.object("ConfigMap", "resalloc-config").data;
    const pool = parse(config["pools.yaml"])[POOL];
    assert.match(
      pool.cmd_new,
      /--security-group-id sg-1 .*--playbook \/etc\/copr-builder-files\/copr_stg__x86\.yml/,
    );
    assert.match(parse(config["server.yaml"]).db_url, /^sqlite:\/{4}var\/lib\/resallocserver\/db\.sqlite$/);
    const files = stack.object("ConfigMap", "resalloc-builder").data;
    assert.deepEqual(Object.keys(files).sort(), [
      "authorized_keys",
      "copr-dist-git.ini",
      "copr_stg__x86.yml",
      "main.ini",
    ]);
    const paths = pathsOf(containerOf(deployment, "server"));
    for (const path of ["/etc/copr-builder-files", "/etc/resallocserver", "/home/resalloc/.ssh"])
      assert.ok(paths.includes(path), path);
  });

  it("C23: keeps its list of builders on a volume, apart from logs, which fill a folder of the pod", () => {
    const { volumes } = deployment.spec.template.spec;
    const volume = (name: string): KubernetesObject =>
      volumes.find((one: KubernetesObject) => one.name === name);
    assert.deepEqual(volume("data").persistentVolumeClaim, { claimName: "resalloc-data" });
    assert.deepEqual(volume("logs").emptyDir, { sizeLimit: "512Mi" });
    assert.equal(stack.resource("PersistentVolumeClaim", "resalloc-data").retainOnDelete, true);
    assert.deepEqual(deployment.spec.strategy, { type: "Recreate" });
  });

  it("C27: has a home that programs write to, and the key where ssh looks for it", () => {
    const { volumes } = deployment.spec.template.spec;
    const home = containerOf(deployment, "server").volumeMounts.find(
      ({ mountPath }: KubernetesObject) => mountPath === "/home/resalloc",
    );
    const found = volumes.find(({ name }: KubernetesObject) => name === home.name);
    assert.ok("emptyDir" in found);
    assert.match(
      stack.object("ConfigMap", "resalloc-ssh").data.config,
      /IdentityFile \/home\/resalloc\/\.ssh\/id/,
    );
    assert.match(stack.object("ConfigMap", "resalloc-users").data.users, /^resalloc:.*:\/home\/resalloc:/m);
  });

  it("S18: has AWS's key in a Secret, or with a role no key at all", async () => {
    const held = stack.object("Secret", "resalloc-aws").data;
    const text = Buffer.from(held.credentials, "base64").toString();
    assert.match(text, /^aws_secret_access_key = s3cret\/key$/m);
    const byRole = await deploy("role");
    assert.equal(byRole.has("Secret", "resalloc-aws"), false);
    const { config } = byRole.object("ConfigMap", "resalloc-aws").data;
    assert.match(config, /^role_arn = arn:aws:iam::123456789012:role\/copr-stg$/m);
    const [, path] = /^web_identity_token_file = (.*)\/token$/m.exec(config) ?? [];
    const server = containerOf(byRole.object("Deployment", "resalloc"), "server");
    const mount = server.volumeMounts.find(({ mountPath }: KubernetesObject) => mountPath === path);
    const { volumes } = byRole.object("Deployment", "resalloc").spec.template.spec;
    const volume = volumes.find(({ name }: KubernetesObject) => name === mount.name);
    assert.deepEqual(volume.projected.sources, [
      { serviceAccountToken: { audience: "sts.amazonaws.com", expirationSeconds: 3600, path: "token" } },
    ]);
  });

  it("collects what ansible and ssh leave behind, without tini", () => {
    assert.equal(deployment.spec.template.spec.shareProcessNamespace, true);
  });

  it("gathers the logs of starts and ends by schedule, in its pod", () => {
    const [argument] = containerOf(deployment, "housekeeping").args;
    const [task] = JSON.parse(argument);
    assert.equal(task.schedule, "7 * * * *");
    assert.match(task.command.at(-1), /^\/usr\/libexec\/resalloc-merge-hook-logs$/m);
    assert.equal(pathsOf(containerOf(deployment, "housekeeping")).includes("/etc/resalloc-aws"), false);
  });

  it("S20, C22: probes its server, and gives no container a right", () => {
    for (const { securityContext } of containersOf(deployment).values())
      assert.deepEqual(securityContext, {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
      });
    assert.deepEqual(containerOf(deployment, "server").readinessProbe.tcpSocket, { port: 49_100 });
  });
});

describe("ResallocWeb", () => {
  let stack: Stack;
  let deployment: KubernetesObject;
  before(async () => {
    stack = await deploy("key");
    deployment = stack.object("Deployment", "resalloc-webui");
  });

  it("shows the list, on its volume's node, and cannot change it", () => {
    const mount = containerOf(deployment, "resalloc-webui").volumeMounts.find(
      ({ name }: KubernetesObject) => name === "data",
    );
    assert.deepEqual(mount, { name: "data", mountPath: "/var/lib/resallocserver", readOnly: true });
    const { labels } = stack.object("Deployment", "resalloc").spec.template.metadata;
    const [term] =
      deployment.spec.template.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    for (const [key, value] of Object.entries(term.labelSelector.matchLabels))
      assert.equal(labels[key], value);
  });

  it("S9: is open to the router alone, and has neither resalloc's keys nor any way out", () => {
    const { ingress, egress } = stack.object("NetworkPolicy", "resalloc-webui").spec;
    assert.deepEqual(ingress, [
      {
        from: [{ namespaceSelector: { matchLabels: { "network.openshift.io/policy-group": "ingress" } } }],
        ports: [{ protocol: "TCP", port: 5007 }],
      },
    ]);
    assert.deepEqual(egress, []);
    const names = deployment.spec.template.spec.volumes.map(({ name }: KubernetesObject) => name);
    assert.deepEqual(names.sort(), ["data", "logs", "resalloc-config", "resalloc-webui-users", "tmp"]);
    assert.equal(stack.object("Route", "resalloc-webui").spec.host, "resalloc.copr.example.org");
  });
});
