import assert from "node:assert/strict";
import { createServer } from "node:net";
import { once } from "node:events";

import { clusterPaths } from "../../../local/cluster/paths";
import { choosePort, isFree, loopback } from "../../../local/cluster/ports";
import { programNames, programs } from "../../../local/cluster/programs";
import { nameOf } from "../../../local/cluster/strays";

const paths = clusterPaths("/clone/.local/cluster");
const installation = {
  binaries: "/bin",
  controller: "/build/openshift-stand-in.js",
  stages: "/s",
  definitions: "/d",
};

describe("the control plane's programs", () => {
  const all = programs(paths, installation, 6443);
  const argsOf = (name: string): string => all.find((program) => program.name === name)?.args.join(" ") ?? "";

  it("are started in the order in which they need each other", () => {
    assert.deepEqual(
      all.map(({ name }) => name),
      programNames,
    );
  });

  it("listen on the loopback address, on a socket or not at all", () => {
    assert.match(argsOf("kube-apiserver"), /--bind-address 127\.0\.0\.1 .*--secure-port 6443/);
    assert.match(argsOf("etcd"), /--listen-client-urls unix:\/\/.*--listen-peer-urls unix:\/\//);
    for (const name of ["kube-controller-manager", "kube-scheduler"]) {
      assert.match(argsOf(name), /--secure-port 0/);
    }
    assert.doesNotMatch(argsOf("kwok"), /--server-address/);
  });

  it("keep the data store's sockets by a short name, since a long one cannot be listened on", () => {
    assert.doesNotMatch(argsOf("etcd"), /unix:\/\/\//);
  });

  it("admit nobody without a token and check service accounts", () => {
    assert.match(argsOf("kube-apiserver"), /--anonymous-auth=false/);
    assert.doesNotMatch(argsOf("kube-apiserver"), /disable-admission-plugins/);
  });

  it("keep the node ready: its leases, and the controller that takes its taint away", () => {
    assert.match(argsOf("kwok"), /--node-lease-duration-seconds=40/);
    assert.match(argsOf("kube-controller-manager"), /--controllers=\*,-nodeipam /);
  });

  it("are told apart by their command lines, and from a person's shell", () => {
    for (const { name, command, args } of all) {
      assert.equal(nameOf([command, ...args]), name);
    }
    assert.equal(nameOf(["/bin/bash"]), undefined);
    assert.equal(nameOf(["less", "log", "kwok.log", "etcd"]), undefined);
  });
});

describe("ports", () => {
  it("prefer the one from last time as long as it is free", async () => {
    const port = await choosePort(undefined);
    assert.equal(await choosePort(port), port);
    const server = createServer().listen(port, loopback);
    await once(server, "listening");
    try {
      assert.equal(await isFree(port), false);
      assert.notEqual(await choosePort(port), port);
    } finally {
      server.close();
    }
  });
});
