import assert from "node:assert/strict";

import { Api } from "../../../components/packit/api";
import { fluentdConfig } from "../../../components/packit/config/fluentd";
import { logShipper } from "../../../components/packit/log-shipper";
import { runMocked, type KubernetesObject, type Stack } from "../../support/mocks";
import { application, distgit, resources, secret, site, supplies } from "./fixtures";
import { worker } from "./worker/deploy";

/** The API and a worker with the sidecar. */
function deploy(): Promise<Stack> {
  return runMocked(() => {
    const given = supplies();
    const shipper = logShipper(
      "fluentd-config",
      {
        site,
        image: { reference: "fluentd:stg", trigger: { stream: "fluentd", tag: "stg" } },
        splunk: secret("splunk", "hec-token"),
        resources,
      },
      {},
    );
    const { database, queue, config } = given;
    new Api("packit-service", {
      site,
      image: { reference: "quay.io/packit/packit-service@sha256:1" },
      application,
      distgit,
      database,
      queue,
      config,
      tls: secret("packit-tls", "fullchain.pem"),
      host: "stg.packit.dev",
      resources,
      logShipper: shipper,
    });
    worker(given, "short-running", { logShipper: shipper });
  });
}

/** The workload's own container, and the sidecar beside it. */
function containers(workload: KubernetesObject): { own: KubernetesObject; sidecar: KubernetesObject } {
  const all: KubernetesObject[] = workload.spec.template.spec.containers;
  const [own, sidecar, ...others] = all;
  if (own === undefined || sidecar === undefined || others.length > 0)
    throw new Error(`${all.length} containers`);
  assert.equal(sidecar.name, "fluentd-sidecar");
  return { own, sidecar };
}

describe("the sidecar that sends logs", () => {
  let stack: Stack;
  let workloads: KubernetesObject[];
  before(async () => {
    stack = await deploy();
    workloads = [
      stack.object("Deployment", "packit-service"),
      stack.object("StatefulSet", "packit-worker-short-running"),
    ];
  });

  it("D30: is in each pod that is told to send its records there", () => {
    for (const workload of workloads) {
      const { own, sidecar } = containers(workload);
      assert.deepEqual(
        own.env.filter(({ name }: { name: string }) => name === "SYSLOG_HOST"),
        [{ name: "SYSLOG_HOST", value: "127.0.0.1" }],
      );
      const udp = sidecar.ports.filter(({ protocol }: { protocol: string }) => protocol === "UDP");
      assert.deepEqual(udp, [{ name: "syslog", containerPort: 5140, protocol: "UDP" }]);
    }
  });

  it("takes the way to Splunk from a Secret", () => {
    for (const workload of workloads) {
      const { env } = containers(workload).sidecar;
      const keys = env.map(({ name, valueFrom }: KubernetesObject) => [name, valueFrom.secretKeyRef]);
      assert.deepEqual(keys, [
        ["SPLUNK_HEC_HOST", { name: "splunk", key: "hec-host" }],
        ["SPLUNK_HEC_PORT", { name: "splunk", key: "hec-port" }],
        ["SPLUNK_HEC_TOKEN", { name: "splunk", key: "hec-token" }],
      ]);
    }
  });

  it("D31: is rolled out with new images, in the API and in workers", () => {
    for (const { metadata } of workloads) {
      const triggers = metadata.annotations?.["image.openshift.io/triggers"] ?? "";
      assert.match(triggers, /"fluentd:stg".*fluentd-sidecar/);
    }
  });

  it("has one configuration for all pods, which it finds where its image looks", () => {
    assert.equal(
      stack.objects("ConfigMap").filter(({ data }) => data["fluent.conf"] !== undefined).length,
      1,
    );
    for (const workload of workloads) {
      const { volumeMounts } = containers(workload).sidecar;
      assert.deepEqual(volumeMounts, [{ name: "fluentd-config", mountPath: "/fluentd/etc", readOnly: true }]);
    }
  });

  it("D09: is asked for its life at a port that it opens", () => {
    for (const workload of workloads) {
      const { readinessProbe, livenessProbe } = containers(workload).sidecar;
      assert.deepEqual(readinessProbe.httpGet, { path: "/api/plugins.json", port: 24220 });
      assert.deepEqual(livenessProbe.httpGet, readinessProbe.httpGet);
    }
  });
});

describe("fluent.conf", () => {
  const variables = { host: "SPLUNK_HEC_HOST", port: "SPLUNK_HEC_PORT", token: "SPLUNK_HEC_TOKEN" };
  const sections = fluentdConfig({ syslogPort: 5140, monitorPort: 24220, variables }).split(/\n\n+/);

  it("takes syslog from its own pod and sends all of it to Splunk", () => {
    const [, syslog, , splunk] = sections.map((text) => text.trim().split(/\n\s*/));
    assert.deepEqual(syslog, [
      "<source>",
      "@type syslog",
      "bind 127.0.0.1",
      "port 5140",
      "tag packit",
      "message_format rfc5424",
      "</source>",
    ]);
    assert.deepEqual(splunk, [
      "<match packit.**>",
      "@type splunk_hec",
      `hec_host "#{ENV['SPLUNK_HEC_HOST']}"`,
      `hec_port "#{ENV['SPLUNK_HEC_PORT']}"`,
      `hec_token "#{ENV['SPLUNK_HEC_TOKEN']}"`,
      "</match>",
    ]);
  });

  it("shows the token neither in its log nor to whoever asks for its state", () => {
    const [system = "", , monitor = ""] = sections;
    assert.match(system, /suppress_config_dump true/);
    assert.match(monitor, /@type monitor_agent[^<]*include_config false/);
  });
});
