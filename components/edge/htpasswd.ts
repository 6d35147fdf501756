import { createHash } from "node:crypto";

import * as pulumi from "@pulumi/pulumi";
import bcrypt from "bcryptjs";

/**
 * bcrypt's cost, about 3 ms. nginx has one worker and checks the password at every request, so a higher one would
 * make pages slow.
 */
const COST = 6;

/**
 * Content of a htpasswd file with bcrypt hashes, which nginx has the system's `crypt` check.
 *
 * The same arguments always give the same content, or every preview would show a change: the salts are not random,
 * but a digest of `scope` and user. They need only differ from user to user and from stack to stack. They are not
 * made from the password, since a salt is public and a quick digest of the password in it would undo the slow hash.
 *
 * @param scope - What no other file has in common with this one, for example the stack's name.
 * @param users - Password by user.
 * @throws Error for a name or password that such a file cannot hold.
 */
export function htpasswd(scope: string, users: Readonly<Record<string, string>>): string {
  return Object.entries(users)
    .map(([user, password]) => `${checkedName(user)}:${hash(scope, user, password)}\n`)
    .join("");
}

/** The same for passwords that a stack knows as outputs. Secret like they. */
export function htpasswdOf(
  scope: string,
  users: Readonly<Record<string, pulumi.Input<string>>>,
): pulumi.Output<string> {
  return pulumi.secret(pulumi.output(users).apply((passwords) => htpasswd(scope, passwords)));
}

function checkedName(user: string): string {
  if (/^[^:#\s][^:\r\n]*$/.test(user)) return user;
  throw new Error(
    `${JSON.stringify(user)} cannot be a user of Flower: a name is not empty, does not start with # or a space, ` +
      "and has no colon or line break",
  );
}

function hash(scope: string, user: string, password: string): string {
  if (password === "" || bcrypt.truncates(password)) {
    throw new Error(`the password of ${user} for Flower must have 1 to 72 bytes`);
  }
  const salt = createHash("sha256")
    .update(JSON.stringify([scope, user]))
    .digest()
    .subarray(0, 16);
  return bcrypt.hashSync(password, `$2b$${String(COST).padStart(2, "0")}$${bcrypt.encodeBase64(salt, 16)}`);
}
