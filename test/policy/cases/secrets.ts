import { commands } from "../../../policy/rules/secrets/commands";
import { configMap } from "../../../policy/rules/secrets/config-map";
import { envLiteral } from "../../../policy/rules/secrets/env-literal";
import type { Case } from "../cases";
import { container, containerWith } from "../drafts";

export const secretsCases: readonly Case[] = [
  {
    rule: envLiteral,
    on: "Deployment/packit-service",
    when: "by its name",
    good: (draft) => {
      container(draft).env.push(
        { name: "REDIS_PASSWORD_FILE", value: "redis" },
        { name: "TOKEN", value: "$(OTHER)" },
      );
    },
    bad: (draft) => {
      container(draft).env.push({ name: "REDIS_PASSWORD", value: "hunter22" });
    },
    says: ["Deployment/packit-service: variable REDIS_PASSWORD of container packit-service is written down"],
  },
  {
    rule: envLiteral,
    on: "Deployment/packit-service",
    when: "an address with a password",
    bad: (draft) => {
      container(draft).env.push({ name: "BROKER", value: "redis://:hunter22@valkey:6379/0" });
    },
    says: ["Deployment/packit-service: variable BROKER of container packit-service is written down"],
  },
  {
    rule: configMap,
    on: "ConfigMap/git-config",
    when: "a private key",
    bad: ({ inputs }) => {
      inputs.data.id_rsa = "-----BEGIN OPENSSH PRIVATE KEY-----";
    },
    says: ["ConfigMap/git-config: id_rsa holds a private key"],
  },
  {
    rule: configMap,
    on: "ConfigMap/git-config",
    when: "a password",
    good: ({ inputs }) => {
      inputs.data.gitconfig = "[user]\n  password = $PASSWORD\n";
    },
    bad: ({ inputs }) => {
      inputs.data.gitconfig = "[user]\n  password = hunter22hunter22\n";
    },
    says: ["ConfigMap/git-config: gitconfig says password"],
  },
  {
    rule: configMap,
    on: "ConfigMap/git-config",
    when: "a token",
    bad: ({ inputs }) => {
      inputs.data.token = "whatever";
    },
    says: ["ConfigMap/git-config: token is a secret by its name"],
  },
  {
    rule: commands,
    on: "Deployment/packit-service",
    good: containerWith({ args: ["--token-file", "/etc/token"] }),
    bad: containerWith({ args: ["--token", `ghp_${"a".repeat(36)}`] }),
    says: ["Deployment/packit-service: the command of container packit-service holds a token of GitHub"],
  },
];
