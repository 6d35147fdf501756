import assert from "node:assert/strict";

import { runMocked } from "../../../support/mocks";
import { containerOf, environmentOf, mountsOf, secret, supplies, writablePathsOf } from "../fixtures";
import { statefulSet, worker } from "./deploy";

describe("the files of a worker", () => {
  it("finds its files where the start script and the code look for them", async () => {
    assert.deepEqual(mountsOf(await statefulSet("all")), {
      "/packit-ssh": "packit-ssh",
      "/secrets": "packit-keytab",
      "/home/packit": "scratch",
      "/home/packit/.config": "packit-config packit-copr osh-config",
      "/gh-secrets": "github-app-private-key",
      "/etc/rpkg/centpkg-sig.conf": "centpkg-sig",
      "/etc/gitconfig": "git-config",
      "/repository-cache": "claim template",
      "/tmp": "scratch",
      "/tmp/sandcastle": "scratch",
      "/var/tmp": "scratch",
    });
  });

  it("shows OpenScanHub's configuration in a folder of its own", async () => {
    const { volumes } = (await statefulSet("all")).spec.template.spec;
    const { projected } = volumes.find((volume: { projected?: object }) => volume.projected !== undefined);
    assert.deepEqual(projected.sources.at(-1), {
      configMap: { name: "osh-config", items: [{ key: "client.conf", path: "osh/client.conf" }] },
    });
  });

  it("writes to volumes alone: home, working copies, and where rpm and the database dump unpack", async () => {
    const short = await statefulSet("short-running");
    assert.equal(containerOf(short).securityContext.readOnlyRootFilesystem, true);
    assert.deepEqual(writablePathsOf(short), ["/home/packit", "/tmp", "/tmp/sandcastle", "/var/tmp"]);
  });

  it("D11: restarts for a new configuration, of the service or of a tool", async () => {
    const annotations = async (token: string): Promise<unknown> => {
      const stack = await runMocked(() => {
        const given = supplies();
        return worker(given, "all", { copr: secret("packit-copr", "copr", token), keytab: undefined });
      });
      return stack.object("StatefulSet", "packit-worker").spec.template.metadata.annotations;
    };
    assert.notDeepEqual(await annotations("token = a"), await annotations("token = b"));
  });

  it("D34: does without the files that a service does not have", async () => {
    const set = await statefulSet("all", {
      keytab: undefined,
      copr: undefined,
      githubApp: undefined,
      centpkgSig: undefined,
      sentry: undefined,
    });
    const mounts = mountsOf(set);
    for (const path of ["/secrets", "/gh-secrets", "/etc/rpkg/centpkg-sig.conf"])
      assert.ok(!(path in mounts));
    assert.equal(mounts["/home/packit/.config"], "packit-config osh-config");
    assert.ok(!("SENTRY_SECRET" in environmentOf(set)));
  });
});
