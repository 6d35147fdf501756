import * as pulumi from "@pulumi/pulumi";

import { SecretFiles } from "../platform/files";
import type { Site } from "../platform/site";
import { passwordConf } from "./redis-conf";

/** Key of the bare password, for clients. */
export const PASSWORD_KEY = "password";

/** Key of the server's directives that hold the password. */
export const PASSWORD_CONF_KEY = "password.conf";

export interface KeyValuePasswordArgs {
  readonly site: Site;
  readonly password: pulumi.Input<string>;
}

/**
 * The Secret with the password of the key-value stores of a site, for their servers and their clients (D26).
 * Stores that stand side by side share it, so that one can replicate the other.
 */
export function keyValuePassword(
  name: string,
  args: KeyValuePasswordArgs,
  opts: pulumi.CustomResourceOptions,
): SecretFiles {
  const { site, password } = args;
  return new SecretFiles(
    name,
    {
      site,
      data: {
        [PASSWORD_KEY]: password,
        [PASSWORD_CONF_KEY]: pulumi.output(password).apply(passwordConf),
      },
    },
    opts,
  );
}
