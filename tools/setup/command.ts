import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A command failed, was not there, or took too long. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
}

export interface CommandOptions {
  readonly cwd?: string;
  /** Added to this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Ends the command after so many milliseconds. @default never */
  readonly timeoutMs?: number;
  /** Told each line that the command writes to its error output. */
  readonly onErrorLine?: (line: string) => void;
}

/** How many of the last lines of error output a failure shows. */
const shownLines = 15;

/**
 * Runs a command and gives its standard output.
 * @throws CommandFailed with the last lines of its error output
 */
export function run(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { cwd, env, timeoutMs, onErrorLine } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
      ...(cwd === undefined ? {} : { cwd }),
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs, killSignal: "SIGKILL" }),
    });
    let output = "";
    let pending = "";
    const errors: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      const lines = (pending + text).split("\n");
      pending = lines.pop() ?? "";
      for (const line of lines) {
        errors.push(line);
        errors.splice(0, errors.length - shownLines);
        onErrorLine?.(line);
      }
    });
    child.on("error", (error) => {
      reject(new CommandFailed(`${command}: ${error.message}`));
    });
    child.on("close", (code, signal) => {
      if (code === 0) {
        resolve(output);
        return;
      }
      const how = code === null ? `was ended by ${signal ?? "a signal"}` : `failed with exit code ${code}`;
      const tail = [...errors, pending].filter((line) => line !== "").join("\n");
      reject(
        new CommandFailed(`${[command, ...args].join(" ").slice(0, 200)} ${how}${tail && `:\n${tail}`}`),
      );
    });
  });
}

/** The first program of that name on PATH. */
export function findOnPath(name: string, path: string = process.env.PATH ?? ""): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
