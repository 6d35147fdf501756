import assert from "node:assert/strict";
import { resolve } from "node:path";

import { destinationsOf } from "../../../cli/commands/egress/destinations";
import { projectPaths } from "../../../cli/paths";
import { settingsOf } from "../../../cli/settings-of";
import {
  filesIn,
  loadSettings,
  parseStackName,
  requirePackit,
  type Settings,
} from "../../../stacks/settings";
import { ENVIRONMENTS } from "../../support/environments";

const ROOT = resolve(__dirname, "../../..");

/** A stack with settings of its own. */
function withValues(name: string, values: Readonly<Record<string, unknown>>): Settings {
  const config = { values, secretKeys: new Set<string>() };
  return loadSettings(requirePackit(parseStackName(name)), config, filesIn(ROOT), { local: true });
}

function list(settings: Settings): string[] {
  return destinationsOf(settings).map(({ host, port, from }) => `${from} ${host}:${port}`);
}

describe("the hosts that a stack needs", () => {
  it("are those of its forges, dist-git, buses, services and images, each once", () => {
    const found = list(settingsOf(projectPaths(ROOT), "prod"));
    for (const destination of [
      "pods api.github.com:443",
      "pods gitlab.com:22",
      "pods src.fedoraproject.org:443",
      "pods pkgs.fedoraproject.org:22",
      "pods rabbitmq.fedoraproject.org:5671",
      "pods copr.fedorainfracloud.org:443",
      "nodes quay.io:443",
      "nodes registry-1.docker.io:443",
    ]) {
      assert.ok(found.includes(destination), destination);
    }
    assert.equal(new Set(found).size, found.length);
    assert.ok(!found.some((destination) => destination.includes("mqtt")));
  });

  it("follow the settings", () => {
    const found = list(
      withValues("dev", {
        distgit: { url: "https://git.example.org:8443/" },
        keyValue: { host: "queue.example.org" },
        components: { fedmsg: true, pushgateway: false },
        messaging: { amqpUrl: "amqps://bus.example.org/vhost" },
        pushgatewayAddress: "http://metrics.example.org:9091",
        images: { service: { source: "registry.example.org:5000/packit:1" } },
      }),
    );
    for (const destination of [
      "pods git.example.org:8443",
      "pods queue.example.org:6379",
      "pods bus.example.org:5671",
      "pods metrics.example.org:9091",
      "nodes registry.example.org:5000",
    ]) {
      assert.ok(found.includes(destination), `${destination} in ${found.join(", ")}`);
    }
    assert.ok(
      !found.some((destination) => destination.includes("koji")),
      "koji belongs to Fedora's dist-git",
    );
  });

  it("can be told of every environment", () => {
    const paths = projectPaths(ROOT);
    for (const name of ENVIRONMENTS) {
      assert.ok(destinationsOf(settingsOf(paths, name)).length > 8, name);
    }
    const stream = list(withValues("stream-prod", { components: { centosmsg: true } }));
    assert.ok(stream.includes("pods mqtt.git.centos.org:8883"), stream.join(", "));
  });
});
