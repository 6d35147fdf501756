import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { type Login, PASSPHRASE } from "../../login";

/** What a user gives to `packit-stacks login`. */
export interface LoginOptions {
  readonly secretsProvider: string;
  readonly passphraseFile?: string;
}

const BACKENDS = ["s3:", "azblob:", "gs:", "file:", "https:"];
const KEY_SERVICES = ["awskms:", "azurekeyvault:", "gcpkms:", "hashivault:"];

/** Marks in an address that look like a password. */
const CREDENTIALS = /secret|password|token|access_?key/i;

/**
 * A login from what the user has typed.
 *
 * @param folder - Where relative paths start.
 * @throws Error with everything that is wrong, at once.
 */
export function givenLogin(backend: string, options: LoginOptions, folder: string): Login {
  const { secretsProvider, passphraseFile } = options;
  // Without files of attributes beside the state: one that a killed engine left half written spoils the stack.
  const address = /^[./]/.test(backend)
    ? `${pathToFileURL(resolve(folder, backend)).href}?metadata=skip`
    : backend;
  const file = passphraseFile === undefined ? undefined : resolve(folder, passphraseFile);
  const wrong = [
    ...wrongAddress("backend", address, BACKENDS),
    ...(secretsProvider === PASSPHRASE
      ? []
      : wrongAddress("--secrets-provider", secretsProvider, KEY_SERVICES, ` or \`${PASSPHRASE}\``)),
    ...wrongFile(file, secretsProvider),
  ];
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
  return {
    backend: address,
    secretsProvider,
    ...(file !== undefined && { passphraseFile: file }),
  };
}

function wrongAddress(what: string, address: string, schemes: readonly string[], more = ""): string[] {
  if (!URL.canParse(address) || !schemes.includes(new URL(address).protocol)) {
    const forms = schemes.map((scheme) => `${scheme}//…`).join(", ");
    return [`${what}: ${address} is no address of one: give ${forms}${more}`];
  }
  const url = new URL(address);
  const hasCredentials = url.username !== "" || url.password !== "";
  if (hasCredentials || [...url.searchParams.keys()].some((key) => CREDENTIALS.test(key))) {
    return [
      `${what}: the address holds credentials, which would lie in a file: give them by the service's own means ` +
        "(for S3: AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)",
    ];
  }
  return [];
}

function wrongFile(file: string | undefined, secretsProvider: string): string[] {
  if (file === undefined) return [];
  if (secretsProvider !== PASSPHRASE) {
    return [`--passphrase-file: ${secretsProvider} needs no passphrase: leave it out`];
  }
  if (!existsSync(file)) return [`--passphrase-file: there is no ${file}`];
  const { mode, size } = statSync(file);
  return [
    ...(size === 0 ? [`--passphrase-file: ${file} is empty`] : []),
    ...((mode & 0o077) === 0 ? [] : [`--passphrase-file: others may read ${file}: chmod 600 ${file}`]),
  ];
}
