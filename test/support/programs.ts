import { findProgram, PROGRAMS, type ProgramName } from "../../tools/setup/programs";

/**
 * Says within a `describe` that its tests run a program. Where it is missing they are reported as skipped, and with
 * `CI=true` they fail.
 *
 * @returns The program's path.
 */
export function program(name: ProgramName): string {
  const path = findProgram(name);
  before(`finds ${name}`, function () {
    if (path !== undefined) return;
    if (process.env.CI === "true") {
      throw new Error(`${name} is missing: install the Debian package ${PROGRAMS[name]}`);
    }
    this.skip();
  });
  return path ?? name;
}
