import { namesSecret, secretIn } from "../../secret-texts";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A value in quotes, or one to the line's end, given to a name: in YAML, TOML, JSON, INI files and shell. */
const ASSIGNED = /^\s*"?([\w.-]+)"?\s*[:=]\s*(?:"[^"$\s{]{8,}"|'[^'$\s{]{8,}'|[^\s"'$[\](){}/]{8,}$)/gm;

/** Secrets are in Secrets. */
export const configMap: ResourceRule = {
  id: "secrets/config-map",
  title: "No secret is in a ConfigMap",
  why: "everybody who may look around in the namespace reads it",
  fix: "put it into a Secret",
  severity: "critical",
  kinds: ["ConfigMap"],
  covers: ["secrets/config-map"],
  counterparts: { checkov: ["CKV_SECRET_6"], polaris: ["sensitiveConfigmapContent"] },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check({ inputs }) {
    for (const [file, text] of Object.entries((inputs.data ?? {}) as Readonly<Record<string, string>>)) {
      const secret = secretIn(text);
      if (secret !== undefined) yield `${file} holds ${secret}`;
      else if (namesSecret(file)) yield `${file} is a secret by its name`;
      for (const [, name = ""] of text.matchAll(ASSIGNED))
        if (namesSecret(name)) yield `${file} says ${name}`;
    }
  },
};
