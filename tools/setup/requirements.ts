import { CommandFailed, findOnPath, run } from "./command";
import { goVersion, isAtLeast, pythonVersion } from "./versions";

/** Something that set-up needs and cannot install is missing; the message says all of it. */
export class RequirementsMissing extends Error {
  override readonly name = "RequirementsMissing";

  constructor(readonly findings: readonly string[]) {
    super(findings.join("\n"));
  }
}

/**
 * Checks the programs that set-up cannot install itself.
 * @param builds - whether something is to be built, so that Go is needed
 * @throws RequirementsMissing naming every one that is missing or too old
 */
export async function checkRequirements(builds: boolean): Promise<void> {
  const findings = [...(builds ? [await checkGo()] : []), await checkPython()].filter(
    (finding) => finding !== undefined,
  );
  if (findings.length > 0) {
    throw new RequirementsMissing(findings);
  }
}

async function checkGo(): Promise<string | undefined> {
  const fix = `install Go ${goVersion} or newer (https://go.dev/dl) and put its bin folder on PATH`;
  const version = await ask("go", ["env", "GOVERSION"]);
  return judge("Go", version, goVersion, `${fix}: it builds the tools that cannot be downloaded here`);
}

async function checkPython(): Promise<string | undefined> {
  const fix = `install Python ${pythonVersion} or newer with its venv module`;
  const version = await ask("python3", [
    "-c",
    "import venv, ensurepip, platform; print(platform.python_version())",
  ]);
  if (version === undefined && findOnPath("python3") !== undefined) {
    return `Python's venv module is missing: ${fix} (on Debian: python3-venv)`;
  }
  return judge("Python", version, pythonVersion, fix);
}

/** One line about what is wrong, `undefined` when nothing is. */
export function judge(
  name: string,
  version: string | undefined,
  wanted: string,
  fix: string,
): string | undefined {
  if (version === undefined) {
    return `${name} is missing: ${fix}`;
  }
  return isAtLeast(version, wanted) ? undefined : `${name} ${version} is too old: ${fix}`;
}

async function ask(command: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await run(command, args, { env: { GOTOOLCHAIN: "local" }, timeoutMs: 20_000 })).trim();
  } catch (error) {
    if (error instanceof CommandFailed) {
      return undefined;
    }
    throw error;
  }
}
