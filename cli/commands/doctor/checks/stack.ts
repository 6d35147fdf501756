import { X509Certificate } from "node:crypto";

import { SettingsError } from "../../../../stacks/settings";
import { type Check, failed, type Finding, ok, skipped, warning } from "../check";
import { inWords } from "./lock";

/** A setting or secret that is wrong or missing, and what to do. */
export interface Wrong {
  readonly key: string;
  readonly problem: string;
  readonly fix: string;
}

/** A stack's stored secrets; without any when it is not in the backend yet. */
export interface Stored {
  readonly secrets: unknown;
  readonly wrong: readonly Wrong[];
}

/** What a stack's settings say of it. */
export interface StackSettings {
  readonly stack: { readonly name: string };
  readonly namespace: string;
  /** Public hosts, by any names. */
  readonly hosts: object;
  /** Whether it comes up without any secret, since it makes its own. */
  readonly generatesSecrets: boolean;
}

/** What is looked at of one stack. */
export interface StackFacts {
  readonly stack: string;
  /** @throws SettingsError with everything that is wrong */
  readonly settings: () => Promise<StackSettings>;
  /** Decrypts; undefined when the stack is not there yet. @throws Error in the engine's words */
  readonly stored: () => Promise<Stored | undefined>;
  /** Now, in milliseconds since 1970. */
  readonly now: number;
}

/** A certificate is renewed well before it ends, as certbot does. */
const RENEW_BEFORE_MS = 30 * 24 * 3_600_000;

export function stackChecks(facts: StackFacts): readonly Check[] {
  return [
    { id: "settings", run: () => valid(facts) },
    { id: "key", needs: ["settings", "backend"], run: () => key(facts) },
    { id: "secrets", needs: ["settings"], run: () => secrets(facts) },
    { id: "certificates", needs: ["settings"], run: () => certificates(facts) },
  ];
}

async function valid({ settings }: StackFacts): Promise<Finding> {
  try {
    return ok(`valid: namespace ${(await settings()).namespace}`);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return wrongs(error.findings);
  }
}

function wrongs(findings: readonly Wrong[]): Finding {
  return failed(
    findings.map(({ key, problem }) => `${key} ${problem}`).join("\n"),
    findings.map(({ fix }) => fix).join("\n"),
  );
}

async function key({ stack, stored }: StackFacts): Promise<Finding> {
  try {
    const values = await stored();
    return values === undefined ? skipped(`${stack} is not there yet`) : ok("its secrets can be decrypted");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed(
      `its secrets cannot be decrypted: ${reason}`,
      reason.includes("passphrase")
        ? "set PULUMI_CONFIG_PASSPHRASE_FILE to a file with the passphrase of this stack, or name the file to npx packit-stacks login"
        : "look at your credentials for the key service (docs/operations/state.md)",
    );
  }
}

async function secrets({ settings, stored }: StackFacts): Promise<Finding> {
  const { generatesSecrets } = await settings();
  const values = await readable(stored);
  if (values === undefined) {
    return skipped(generatesSecrets ? "it makes its own secrets" : "they cannot be read yet: see above");
  }
  if (values.wrong.length === 0)
    return ok(generatesSecrets ? "it makes those that it is not given" : "all are there");
  return wrongs(values.wrong);
}

async function certificates({ settings, stored, now }: StackFacts): Promise<Finding> {
  const values = await readable(stored);
  const found = certificatesIn(values?.secrets, []);
  if (found.length === 0) return skipped("none is given");
  const { hosts, stack } = await settings();
  const names = Object.values<string>({ ...hosts });
  const lines = found.map(({ path, certificate }) => {
    const left = Date.parse(certificate.validTo) - now;
    const missing =
      path === "tls.fullchain" ? names.filter((host) => certificate.checkHost(host) === undefined) : [];
    return { path, left, missing };
  });
  const says = lines
    .map(
      ({ path, left, missing }) =>
        `${path} ${left < 0 ? `ended ${inWords(-left)} ago` : `ends in ${inWords(left)}`}` +
        (missing.length > 0 ? `, and is not for ${missing.join(", ")}` : ""),
    )
    .join("\n");
  const fix = `renew it and give it to npx packit-stacks secrets set ${stack.name} (docs/operations/certificates.md)`;
  if (lines.some(({ left }) => left < 0)) return failed(says, fix);
  const isOdd = lines.some(({ left, missing }) => left < RENEW_BEFORE_MS || missing.length > 0);
  return isOdd ? warning(says, fix) : ok(says);
}

/** Why secrets cannot be read is said by the check for the key. */
async function readable(stored: StackFacts["stored"]): Promise<Stored | undefined> {
  try {
    return await stored();
  } catch {
    return undefined;
  }
}

/** The first certificate of every chain among secrets. */
function certificatesIn(
  value: unknown,
  path: readonly string[],
): readonly { readonly path: string; readonly certificate: X509Certificate }[] {
  if (typeof value === "string") {
    if (!value.includes("-----BEGIN CERTIFICATE-----")) return [];
    try {
      return [{ path: path.join("."), certificate: new X509Certificate(value) }];
    } catch {
      // The check of secrets says so.
      return [];
    }
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value as Record<string, unknown>).flatMap(([name, inner]) =>
    certificatesIn(inner, [...path, name]),
  );
}
