import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import { coprUrls } from "../../../../components/copr/config/addresses";
import type { FrontendConfig } from "../../../../components/copr/config/frontend";
import type { Pool } from "../../../../components/copr/config/pools";

export const URLS = coprUrls(
  { frontend: "copr.example.org", results: "results.example.org", distGit: "dist-git.example.org" },
  "https",
);

export const FRONTEND: FrontendConfig = {
  urls: URLS,
  login: {
    kind: "oidc",
    provider: "Example",
    client: "copr",
    endpoints: { metadata: "https://id.example.org/.well-known/openid-configuration" },
  },
  database: { host: "postgresql", port: 5432 },
  redis: { host: "redis", port: 6379 },
  storage: { kind: "backend" },
};

/** A pool that nothing is wrong with. */
export function pool(changes: Partial<Pool> = {}): Pool {
  return {
    max: 4,
    create: { argv: ["/usr/bin/resalloc-aws-new", "--debug"], timeout: 1800 },
    delete: { argv: ["/usr/bin/resalloc-aws-delete"], timeout: 120 },
    list: { argv: ["/usr/bin/resalloc-aws-list"], timeout: 60 },
    livecheck: { command: { argv: ["/usr/bin/resalloc-check-vm-ip"], timeout: 30 } },
    tags: ["copr_builder", "arch_x86_64"],
    ...changes,
  };
}

/** What a program prints that reads `input`. */
export function output(
  command: string,
  args: readonly string[],
  input: string,
  env: Readonly<Record<string, string>> = {},
): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    input,
    encoding: "utf8",
    env: { PATH: process.env.PATH ?? "", ...env },
  });
  assert.equal(status, 0, stderr);
  return stdout;
}
