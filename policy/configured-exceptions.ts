import { coerce } from "../stacks/settings/coerce";
import { policyExceptions } from "../stacks/settings/schema/policy";
import { type Exception, SETTING } from "./exceptions";

/**
 * The exceptions that a stack's configuration has, read as its program reads them. None where they are not as the
 * settings demand: the program says so, and is refused.
 *
 * @param config - By key with its namespace; maps and lists as JSON, as the engine hands them over.
 */
export function configuredExceptions(config: Readonly<Record<string, unknown>>): readonly Exception[] {
  const written = config[SETTING];
  if (typeof written !== "string") return [];
  return policyExceptions.safeParse(coerce(policyExceptions, written)).data ?? [];
}
