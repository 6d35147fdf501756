import { joined, type Reading, take } from "./reading";

/** The section that Copr's client reads. */
const SECTION = "copr-cli";

/** Names that are secret, all in the same place. */
const SECRET = new Set(["login", "username", "token"]);

/** Reads the file `copr`, as Python's configparser does: a doubled percent sign is one, and there are no quotes. */
export function coprFile(content: Buffer): Reading {
  let section = "";
  const readings: Reading[] = [];
  for (const line of content.toString("utf8").split("\n")) {
    section = /^\[(.+)\]\s*$/.exec(line)?.[1] ?? section;
    const [, key, value] = /^([a-z_]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (section !== SECTION || key === undefined || value === undefined) continue;
    if (SECRET.has(key)) readings.push(take(key, ["copr", key], value.replaceAll("%%", "%")));
  }
  const reading = joined(readings);
  const isEmpty = reading.taken.length === 0 && (reading.problems ?? []).length === 0;
  return isEmpty ? { ...reading, left: [`it has no section [${SECTION}] with anything in it`] } : reading;
}
