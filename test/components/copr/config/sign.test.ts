import assert from "node:assert/strict";

import { PRIVATE_NETWORKS, signClientConfig, signdConfig } from "../../../../components/copr/config/sign";

/** What obs-sign makes of the file: `key: value`, a line each. */
function read(text: string): Record<string, string> {
  assert.match(text, /\n$/);
  return Object.fromEntries(
    text
      .trimEnd()
      .split("\n")
      .map((line) => {
        const [, key, value] = /^([a-z-]+):[ \t]*(.+)$/.exec(line) ?? [];
        assert.ok(key !== undefined && value !== undefined, line);
        return [key, value];
      }),
  );
}

describe("obs-sign's configuration", () => {
  it("B18, K3: the client needs no privileged port", () => {
    assert.deepEqual(read(signClientConfig({ server: "copr-keygen", userId: 1000 })), {
      server: "copr-keygen",
      allowuser: "1000",
      "use-unprivileged-ports": "true",
      "allow-unprivileged-ports": "true",
    });
  });

  it("signd keeps its keys on the volume", () => {
    assert.deepEqual(read(signdConfig({ userId: 993, allow: ["10.128.0.0/14", "172.30.0.0/16"] })), {
      allow: "10.128.0.0/14 172.30.0.0/16",
      phrases: "/var/lib/copr-keygen/phrases",
      gnupghome: "/var/lib/copr-keygen/gnupg",
      gpg: "/usr/bin/gpg-copr",
      allowuser: "993",
      "allow-unprivileged-ports": "true",
    });
    assert.equal(read(signdConfig({ userId: 993 })).allow, PRIVATE_NETWORKS.join(" "));
  });

  it("S1: signd is not told to serve everybody", () => {
    assert.throws(() => signdConfig({ userId: 993, allow: ["10.0.0.0/8", "0.0.0.0/0"] }), /everybody/);
  });

  it("B19: networks are those of IPv4", () => {
    for (const network of ["fd00::/8", "10.0.0.0", "10.0.0.0/33", "10.0.0.256/8", "10.0.0/8", "a b/8", ""]) {
      assert.throws(() => signdConfig({ userId: 993, allow: [network] }), /cannot allow/);
    }
  });

  it("is refused for root, and for what is no host", () => {
    assert.throws(() => signdConfig({ userId: 0 }), /signd's user cannot be 0/);
    assert.throws(() => signClientConfig({ server: "a\nallow: b", userId: 1 }), /is no host/);
  });
});
