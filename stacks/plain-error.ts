import * as pulumi from "@pulumi/pulumi";

import { SettingsError } from "./settings";

/**
 * An error that the engine prints as its message alone. Any other one, thrown by a program, has its stack printed
 * with the sources around it, which takes Node.js tens of seconds and gigabytes.
 */
export function plainError(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  delete error.stack;
  return error;
}

/** Runs a program; what the user can mend ends it with a plain message. */
export async function runPlainly<T>(program: () => Promise<T>): Promise<T> {
  try {
    return await program();
  } catch (error) {
    if (error instanceof SettingsError) throw plainError(error.message);
    throw error;
  }
}
