import assert from "node:assert/strict";

import { coprUrls } from "../../../../components/copr/config/addresses";
import { backendConfig, type BackendConfig } from "../../../../components/copr/config/backend";
import { distGitClientConfig, rpmbuildConfig } from "../../../../components/copr/config/builder";
import { coprDistGitConfig, distGitConfig } from "../../../../components/copr/config/dist-git";
import { program } from "../../../support/programs";
import { output, URLS } from "./fixtures";

/** Reads each text by the parser that its program uses, and prints the sections. */
const READ = `
import configparser, json, sys
def read(text, parser):
    parser.read_string(text)
    return {name: dict(parser[name]) for name in parser.sections()}
interpolated, text = json.load(sys.stdin)
print(json.dumps(read(text, configparser.ConfigParser() if interpolated else configparser.RawConfigParser())))
`;

const PASSWORD = "p%(a)s;s'w\"o = [r] # d";

const BACKEND: BackendConfig = {
  urls: URLS,
  frontendAuth: PASSWORD,
  resalloc: { host: "resalloc", port: 49_100 },
  keygen: { host: "copr-keygen", port: 5003 },
  redis: { host: "redis", port: 6379, password: "r%d" },
  workers: { builds: 24, actions: 8, perArchitecture: { x86_64: 24, s390x: 2 } },
  storage: { kind: "backend" },
  signDomain: "copr.example.org",
  builderSshConfig: "/backend-home/.ssh/config",
};

describe("Copr's files for configparser, as Python reads them", () => {
  const python = program("python3");
  const read = (text: string, interpolated = true): Record<string, Record<string, string>> =>
    JSON.parse(output(python, ["-c", READ], JSON.stringify([interpolated, text])));

  it("copr-be.conf: C3, C6: names public addresses, and C7 without a slash too many", () => {
    const { backend, ssh, builder } = read(backendConfig(BACKEND));
    assert.equal(backend?.results_baseurl, "https://results.example.org/results");
    assert.equal(backend.frontend_base_url, "https://copr.example.org");
    assert.equal(backend.resalloc_connection, "http://resalloc:49100");
    assert.equal(backend.keygen_host, "copr-keygen:5003");
    assert.equal(backend.frontend_auth, PASSWORD);
    assert.equal(backend.builds_max_workers_arch, "x86_64=24,s390x=2");
    assert.equal(backend.do_sign, "true");
    assert.equal(backend.redis_password, "r%d");
    assert.equal(builder?.timeout, "108000");
    assert.equal(ssh?.builder_config, "/backend-home/.ssh/config");
  });

  it("copr-be.conf: B10: keeps results and statistics in the one folder that is served", () => {
    const { backend } = read(backendConfig({ ...BACKEND, publicFolder: "/srv/public" }));
    assert.deepEqual([backend?.destdir, backend?.statsdir], ["/srv/public/results", "/srv/public/stats"]);
  });

  it("copr-be.conf: B26: names Pulp only where packages are there", () => {
    assert.equal(read(backendConfig(BACKEND)).backend?.pulp_content_url, undefined);
    const storage = { kind: "pulp", service: { host: "pulp", port: 80 } } as const;
    const { backend } = read(backendConfig({ ...BACKEND, storage }));
    assert.equal(backend?.pulp_content_url, "http://pulp/pulp/content/");
  });

  it("copr-dist-git.conf: C8, K5: knows where Redis is, and leaves the code's own patterns whole", () => {
    const text = coprDistGitConfig({
      urls: URLS,
      frontendAuth: PASSWORD,
      redis: { host: "redis", port: 6379 },
      cgitCacheFolder: "/cache/cgit",
    });
    const section = read(text)["dist-git"];
    assert.equal(section?.redis_host, "redis");
    assert.equal(section.redis_port, "6379");
    assert.equal(section.redis_password, undefined);
    assert.equal(section.frontend_auth, PASSWORD);
    assert.equal(section.frontend_base_url, "https://copr.example.org");
    assert.equal(section.git_base_url, "/var/lib/dist-git/git/%(module)s");
    // B12: all of cgit's files are in the folder that its server reads too.
    assert.equal(section.cgit_cache_file, "/cache/cgit/repo-configuration.rc");
    assert.equal(section.cgit_cache_lock_file, "/cache/cgit/copr-repo.lock");
  });

  it("dist-git.conf: names the author of imports", () => {
    const section = read(distGitConfig({ name: "Copr", email: "copr@example.org" }), false)["dist-git"];
    assert.equal(section?.git_author_name, "Copr");
    assert.equal(section.git_author_email, "<copr@example.org>");
    assert.equal(section.gitroot_dir, "/var/lib/dist-git/git");
    assert.equal(section.gitolite, "False");
  });

  it("main.ini: C9: brings the patterns of builders as they are", () => {
    const read_ = read(rpmbuildConfig({ urls: URLS, vendor: "Copr 100%" }), false);
    assert.equal(read_.main?.frontend_url, "https://copr.example.org");
    assert.equal(read_.main.backend_url, "https://results.example.org");
    assert.equal(read_.main.rpm_vendor_copr_name, "Copr 100%");
    assert.match(
      read_.main.distgit_lookaside_url ?? "",
      /^https:\/\/\$\{\{git_props:remote_netloc\}\}\/repo/,
    );
    assert.equal(read_.distgit0?.distgit_clone_url, "https://dist-git.example.org/git/%(module)s");
    assert.equal(
      read_.distgit0.distgit_lookaside_url,
      "https://dist-git.example.org/repo/pkgs/%(ns2)s/%(ns1)s/%(name)s/%(filename)s/%(hash)s/%(filename)s",
    );
  });

  it("main.ini: each host has one section, and look-alikes have none", () => {
    const urls = coprUrls({ frontend: "c", results: "r", distGit: "dist-git.example.org:5001" }, "http");
    const sections = Object.values(read(rpmbuildConfig({ urls, vendor: "Copr" }), false))
      .map((section) => section.distgit_hostname_pattern)
      .filter((pattern) => pattern !== undefined);
    const matching = (host: string): number =>
      sections.filter((pattern) => new RegExp(`^(?:${pattern})`).test(host)).length;
    for (const host of ["dist-git.example.org:5001", "src.fedoraproject.org", "pkgs.fedoraproject.org"]) {
      assert.equal(matching(host), 1, host);
    }
    for (const host of [
      "dist-git.example.org.evil.org",
      "dist-gitXexample.org:5001",
      "srcxfedoraproject.org",
    ]) {
      assert.equal(matching(host), 0, host);
    }
  });

  it("dist-git-client: C10: knows the host that builders clone from, without its port", () => {
    const urls = coprUrls({ frontend: "c", results: "r", distGit: "dist-git.example.org:5001" }, "http");
    const section = read(distGitClientConfig(urls))["dist-git.example.org"];
    assert.equal(section?.clone_hostnames, new URL(urls.distGitClone).hostname);
    assert.equal(section.lookaside_location, "http://dist-git.example.org:5001");
    assert.match(section.lookaside_uri_pattern ?? "", /^repo\/pkgs\/\{namespace\[1\]\}/);
  });
});

describe("Copr's files for configparser", () => {
  it("are refused for what their readers would read as something else", () => {
    assert.throws(
      () => backendConfig({ ...BACKEND, frontendAuth: " " }),
      /password for the frontend is empty/,
    );
    assert.throws(() => backendConfig({ ...BACKEND, builderSshConfig: "~/.ssh/config" }), /absolute path/);
    assert.throws(() => backendConfig({ ...BACKEND, signDomain: "example" }), /signDomain cannot be/);
    assert.throws(
      () => backendConfig({ ...BACKEND, workers: { builds: 0, actions: 1 } }),
      /workers\.builds cannot be 0/,
    );
    assert.throws(() => distGitConfig({ name: "Copr", email: "<copr@example.org>" }), /author of imports/);
  });
});
