import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import { centpkgSigConfig } from "../../../../components/packit/config/centpkg";
import { coprConfig } from "../../../../components/packit/config/copr";
import { fedoraMessaging } from "../../../../components/packit/config/fedora-messaging";
import { gitConfig } from "../../../../components/packit/config/gitconfig";
import { oshConfig } from "../../../../components/packit/config/osh";
import { packitServiceConfig } from "../../../../components/packit/config/packit-service";
import { packitHosts, sshConfig } from "../../../../components/packit/config/ssh";
import { program } from "../../../support/programs";
import { sandbox } from "../../../support/sandbox";

/** What a program prints that reads `input`. */
function output(command: string, args: readonly string[], input = ""): string {
  const { status, stdout, stderr } = spawnSync(command, args, { input, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return stdout;
}

const INI = `
import configparser, json, sys
parser = configparser.ConfigParser(interpolation=configparser.BasicInterpolation() if sys.argv[1] == "yes" else None)
parser.read_file(sys.stdin)
print(json.dumps({name: dict(parser[name]) for name in parser.sections()}))
`;

describe("files that Python reads", () => {
  const python = program("python3");
  const ini = (text: string, interpolated: boolean): Record<string, Record<string, string>> =>
    JSON.parse(output(python, ["-c", INI, interpolated ? "yes" : "no"], text));

  it("copr: any token comes through", () => {
    const account = { login: "log=in#;", username: "packit", token: "a%b'c\"d\\e = [f] ; g" };
    assert.deepEqual(ini(coprConfig(account), true), {
      "copr-cli": { ...account, copr_url: "https://copr.fedorainfracloud.org" },
    });
  });

  it("centpkg-sig.conf: patterns stay as they are, and lists have an entry a line", () => {
    const read = ini(centpkgSigConfig("glpat-%(x)s"), false);
    assert.equal(read["centpkg-sig.distgit"]?.token, "glpat-%(x)s");
    assert.equal(read["centpkg-sig"]?.branchre, String.raw`c\d+s?-sig-.+|master$`);
    assert.equal(read["centpkg-sig"].anongiturl, "https://gitlab.com/CentOS/%(repo)s.git");
    const excludes = read["centpkg-sig"].git_excludes?.trim().split("\n");
    assert.equal(excludes?.length, 14);
    assert.ok(excludes.includes("/.build-*.log"));
  });

  it("osh/client.conf: names no build root", () => {
    assert.deepEqual(ini(oshConfig(), false), { General: { defaultmockconfig: "" } });
  });

  it("fedora.toml", () => {
    const text = fedoraMessaging({
      amqpUrl: "amqps://fedora:@rabbitmq.fedoraproject.org/%2Fpublic_pubsub",
      app: 'Packit "stg"',
      queue: { name: "8f3b5c1e-7f0a-4d53-9a57-0a4a6d6f8e11" },
      routingKeys: ["#"],
    });
    const read = JSON.parse(
      output(
        python,
        ["-c", "import json, sys, tomllib; print(json.dumps(tomllib.load(sys.stdin.buffer)))"],
        text,
      ),
    );
    assert.equal(read.client_properties.app, 'Packit "stg"');
    assert.deepEqual(read.bindings[0].routing_keys, ["#"]);
    assert.equal(read.log_config.handlers.console.stream, "ext://sys.stdout");
  });
});

describe("ssh_config", () => {
  const ssh = program("ssh");
  const place = sandbox();

  it("gives each host its user and the one key", () => {
    const file = place().write(
      "config",
      sshConfig(packitHosts("packit-stg", "/home/packit/.ssh/id_ed25519")),
    );
    const settings = (host: string): string[] => {
      const ended = place().run(ssh, ["-G", "-F", file, host]);
      assert.equal(ended.status, 0, ended.output);
      return ended.output.split("\n");
    };
    const distgit = settings("pkgs.fedoraproject.org");
    assert.ok(distgit.includes("user packit-stg"));
    assert.ok(distgit.includes("identityfile /home/packit/.ssh/id_ed25519"));
    assert.ok(distgit.includes("identitiesonly yes"));
    assert.ok(settings("gitlab.com").includes("user git"));
  });
});

describe("gitconfig", () => {
  const git = program("git");
  const place = sandbox();

  it("names the author and trusts the working copies", () => {
    const file = place().write("gitconfig", gitConfig());
    const ended = place().run(git, ["config", "--file", file, "--list"]);
    assert.deepEqual(ended.output.trim().split("\n"), [
      "user.name=Packit",
      "user.email=hello@packit.dev",
      "push.default=current",
      "safe.directory=/tmp/sandcastle",
    ]);
  });
});

describe("packit-service.yaml", () => {
  /** How the API's start script looks for the server's name and port. */
  const search = (part: 1 | 3): string => `s/^server_name: ([^:]+)(:([0-9]+))?$/\\${part}/p`;

  it("D51: names the server as the start script reads it, with sed", () => {
    const text = (serverName: string): string =>
      packitServiceConfig({
        deployment: "dev",
        serverName,
        keytab: false,
        forges: {},
        credentials: {},
        commandHandler: { kind: "local" },
        repositoryCache: false,
        options: {},
      });
    const read = (serverName: string): string[] =>
      ([1, 3] as const).map((part) => output("sed", ["-nr", search(part)], text(serverName)).trim());
    assert.deepEqual(read("pr-614.dev.packit.dev"), ["pr-614.dev.packit.dev", ""]);
    assert.deepEqual(read("localhost:8443"), ["localhost", "8443"]);
  });
});
