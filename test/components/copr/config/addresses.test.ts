import assert from "node:assert/strict";

import fc from "fast-check";

import {
  baseUrl,
  coprUrls,
  endpointUrl,
  hostHeader,
  hostName,
} from "../../../../components/copr/config/addresses";

describe("Copr's public addresses", () => {
  const hosts = {
    frontend: "copr.example.org",
    results: "results.example.org:8443",
    distGit: "dist-git.example.org",
  };

  it("C3, C4, C5, C6: all come from the exposed hosts", () => {
    assert.deepEqual(coprUrls({ ...hosts, resalloc: "builders.example.org" }, "https"), {
      frontend: "https://copr.example.org",
      backend: "https://results.example.org:8443",
      results: "https://results.example.org:8443/results",
      distGit: "https://dist-git.example.org",
      distGitClone: "https://dist-git.example.org/git",
      distGitPages: "https://dist-git.example.org/cgit",
      distGitLogs: "https://dist-git.example.org/per-task-logs",
      resalloc: "https://builders.example.org",
    });
    assert.equal(coprUrls(hosts, "http").resalloc, undefined);
  });

  it("are refused for what is no host", () => {
    for (const frontend of ["", "https://copr.example.org", "copr.example.org/", "a b", "COPR.example.org"]) {
      assert.throws(() => coprUrls({ ...hosts, frontend }, "https"), /is no host/);
    }
  });

  it("C7: any number of slashes at the end, or between, are none", () => {
    const slashes = fc.nat(4).map((count) => "/".repeat(count));
    fc.assert(
      fc.property(slashes, slashes, (middle, end) => {
        const path = middle === "" ? "" : `${middle}git`;
        assert.equal(
          baseUrl(`https://dist-git.example.org${path}${end}`),
          `https://dist-git.example.org${path === "" ? "" : "/git"}`,
        );
      }),
    );
  });

  it("lose a port that says nothing", () => {
    assert.equal(baseUrl("https://copr.example.org:443/"), "https://copr.example.org");
    assert.equal(hostHeader(baseUrl("http://copr.example.org:8080")), "copr.example.org:8080");
    assert.equal(hostName(baseUrl("http://copr.example.org:8080")), "copr.example.org");
    assert.equal(endpointUrl({ host: "resalloc", port: 49_100 }), "http://resalloc:49100");
  });

  it("are refused for more than an address", () => {
    for (const [text, why] of [
      ["copr.example.org", /is no address/],
      ["ftp://copr.example.org", /neither https nor http/],
      ["https://me:s3cret@copr.example.org", /names a user/],
      ["https://copr.example.org/?a=b", /more than a path/],
      ["https://copr.example.org/#top", /more than a path/],
    ] as const) {
      assert.throws(() => baseUrl(text), why);
    }
  });
});
