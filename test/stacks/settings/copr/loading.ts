import assert from "node:assert/strict";

import { type Finding, parseStackName } from "../../../../stacks/settings";
import { type CoprInput, loadCoprStack } from "../../../../stacks/settings/copr/load";
import type { CoprSettings } from "../../../../stacks/settings/copr/settings";
import type { CoprStackName } from "../../../../stacks/settings/names";
import { findingsIn } from "../loading";

/** What a test says of the Copr that it loads. */
export interface Situation {
  /** Values of the stack's file, by key without `packit:`. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** @default false */
  readonly local?: boolean;
}

/** What a shared Copr cannot do without. */
export const SHARED = {
  cluster: { kubeconfig: "~/.kube/config", context: "copr" },
  login: { oidc: { provider: "Fedora", client: "copr", metadata: "https://id.example.org/metadata" } },
  aws: { account: "123456789012", clusterEgress: ["192.0.2.10/32"], profile: "copr" },
  backup: {
    recipient: "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDME\n=AAAA\n-----END PGP PUBLIC KEY BLOCK-----\n",
  },
  secrets: { oidc: { clientSecret: "s" }, backup: { accessKeyId: "k", secretAccessKey: "s" } },
};

/** A Copr stack's name, read. */
export function coprStack(name: string): CoprStackName {
  const stack = parseStackName(name);
  return stack.program === "copr" ? stack : assert.fail(`${name} is no stack of Copr`);
}

/** A Copr's settings and secrets, as its program gets them. */
export function loadCopr(name: string, { values = {}, local = false }: Situation = {}): CoprInput {
  return loadCoprStack(coprStack(name), { values, secretKeys: new Set(["secrets"]) }, { local });
}

/** A Copr's settings. */
export function coprSettings(name: string, situation: Situation = {}): CoprSettings {
  return loadCopr(name, situation).settings;
}

/** What is wrong with a Copr's settings and secrets. */
export function coprFindings(name: string, situation: Situation = {}): readonly Finding[] {
  return findingsIn(() => loadCopr(name, situation));
}

/** The keys of what is wrong. */
export function wrongKeys(name: string, situation: Situation = {}): readonly string[] {
  return coprFindings(name, situation).map(({ key }) => key.replace(/^packit:/, ""));
}
