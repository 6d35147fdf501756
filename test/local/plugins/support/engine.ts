import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { launcherOf, neededPlugins } from "../../../../tools/setup/plugins";
import { localFolder, projectRoot } from "../../../../tools/setup/project";
import { readToolchain } from "../../../../tools/setup/toolchain";

/** What a command of the engine said. */
export interface Outcome {
  readonly code: number | null;
  readonly output: string;
  /** Seconds that it took. */
  readonly seconds: number;
}

/** A command of the engine that runs. */
export interface Command {
  readonly child: ChildProcess;
  /** Its exit code; null when it was killed. */
  readonly ended: Promise<number | null>;
  /** What it has said so far. */
  readonly output: () => string;
  /** Waits until it has said `text`; an error when it ends before. */
  readonly says: (text: string) => Promise<void>;
}

/** A resource in the engine's state. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
  readonly initErrors?: string[];
}

const preamble = `
const pulumi = require("@pulumi/pulumi"), k8s = require("@pulumi/kubernetes");
const random = require("@pulumi/random"), tls = require("@pulumi/tls");
const settings = { kubeconfig: process.env.TEST_KUBECONFIG, enableSecretMutable: true, enableConfigMapMutable: true };
`;

const provider = `
const provider = new k8s.Provider("cluster", settings);
const opts = (more) => ({ provider, ...more });
`;

/** A stack of a small program, run by the real engine with the bundled stand-ins, all of it in a folder of its own. */
export class TestStack {
  readonly folder = mkdtempSync(join(tmpdir(), "packit-plugins-"));
  private readonly toolchain = readToolchain();
  private readonly running = new Set<ChildProcess>();

  constructor(
    readonly name: string,
    private readonly kubeconfig: string,
    /** Variables for the engine, its plugins and the program, beside the usual ones. */
    private readonly variables: Readonly<Record<string, string>> = {},
  ) {
    const root = projectRoot();
    spawnSync(process.execPath, [join(root, "tools", "build.mjs")], { stdio: "inherit" });
    for (const plugin of neededPlugins(root)) {
      const folder = join(this.folder, "home", "plugins", `resource-${plugin.name}-v${plugin.version}`);
      mkdirSync(folder, { recursive: true });
      const launcher = join(folder, `pulumi-resource-${plugin.name}`);
      const bundle = join(localFolder(root), "build", "plugins", `pulumi-resource-${plugin.name}.js`);
      writeFileSync(launcher, launcherOf(bundle));
      chmodSync(launcher, 0o755);
    }
    mkdirSync(join(this.folder, "state"));
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    writeFileSync(join(this.folder, "package.json"), JSON.stringify({ main: "index.js" }));
    writeFileSync(join(this.folder, "Pulumi.yaml"), "name: packit\nruntime: nodejs\nmain: index.js\n");
    this.sync("stack", "init", name);
  }

  /** Writes the program: JavaScript that has `k8s`, `random`, `tls` and, for each resource, `opts({...})`. */
  write(program: string, own = provider): void {
    writeFileSync(join(this.folder, "index.js"), preamble + own + program);
  }

  /** Runs a command of the engine to its end. */
  async run(...args: string[]): Promise<Outcome> {
    const started = Date.now();
    const command = this.start(...args);
    const code = await command.ended;
    return { code, output: command.output(), seconds: (Date.now() - started) / 1000 };
  }

  /** Starts a command of the engine, in a process group of its own. */
  start(...args: string[]): Command {
    const child = spawn(this.toolchain.pulumi, ["--non-interactive", "--color", "never", ...args], {
      cwd: this.folder,
      env: this.environment(),
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += String(chunk)));
    child.stderr.on("data", (chunk) => (output += String(chunk)));
    this.running.add(child);
    const ended = new Promise<number | null>((resolve) => {
      child.once("close", (code) => {
        this.running.delete(child);
        resolve(code);
      });
    });
    const says = async (text: string): Promise<void> => {
      while (!output.includes(text)) {
        if (!this.running.has(child)) throw new Error(`the engine ended without "${text}":\n${output}`);
        await sleep(10);
      }
    };
    return { child, ended, output: () => output, says };
  }

  /** Brings the stack up and expects that to work. */
  async up(...args: string[]): Promise<string> {
    return expectSuccess(await this.run("up", "--yes", "--skip-preview", "--stack", this.name, ...args));
  }

  async preview(...args: string[]): Promise<Outcome> {
    return await this.run("preview", "--stack", this.name, ...args);
  }

  async destroy(...args: string[]): Promise<string> {
    return expectSuccess(await this.run("destroy", "--yes", "--skip-preview", "--stack", this.name, ...args));
  }

  /** The state as the engine writes it down, with secrets encrypted. */
  stateText(): string {
    return this.sync("stack", "export", "--stack", this.name);
  }

  /** A resource of the state by its name in the program. */
  resource(name: string): StateResource {
    const { deployment } = JSON.parse(this.stateText()) as { deployment: { resources?: StateResource[] } };
    const found = deployment.resources?.find(
      ({ urn, type }) => urn.endsWith(`::${name}`) && type !== "pulumi:pulumi:Stack",
    );
    if (found === undefined) throw new Error(`the state has no resource ${name}`);
    return found;
  }

  /** An output of the program. */
  output(name: string): unknown {
    return JSON.parse(this.sync("stack", "output", "--json", "--show-secrets", "--stack", this.name, name));
  }

  /** Forgets everything that the stack has made. */
  forgetState(): void {
    this.sync("stack", "rm", "--force", "--yes", this.name);
    this.sync("stack", "init", this.name);
  }

  /** Ends what still runs and removes the folder. */
  close(): void {
    for (const child of this.running) {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    }
    // A killed engine leaves its language host, which is in a process group of its own, for some minutes.
    for (const pid of processesOf(this.folder)) process.kill(pid, "SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  private sync(...args: string[]): string {
    const options = { cwd: this.folder, env: this.environment(), encoding: "utf8" as const };
    const { status, stdout, stderr } = spawnSync(
      this.toolchain.pulumi,
      ["--non-interactive", ...args],
      options,
    );
    if (status !== 0) throw new Error(`pulumi ${args.join(" ")}: ${stdout}${stderr}`);
    return stdout;
  }

  private environment(): NodeJS.ProcessEnv {
    return {
      PATH: `${join(this.toolchain.pulumi, "..")}:${process.env.PATH ?? ""}`,
      HOME: this.folder,
      PULUMI_HOME: join(this.folder, "home"),
      // Without files of attributes beside the state: one that a killed engine left half written spoils the stack.
      PULUMI_BACKEND_URL: `file://${join(this.folder, "state")}?metadata=skip`,
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // Nothing may be read from here: the program's provider names its cluster.
      KUBECONFIG: "/nonexistent",
      TEST_KUBECONFIG: this.kubeconfig,
      ...this.variables,
    };
  }
}

function expectSuccess(outcome: Outcome): string {
  if (outcome.code !== 0)
    throw new Error(`the engine ended with exit code ${outcome.code}:\n${outcome.output}`);
  return outcome.output;
}

/** Processes whose environment names a folder. */
function processesOf(folder: string): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && entry !== String(process.pid))
    .filter((entry) => {
      try {
        return readFileSync(`/proc/${entry}/environ`, "utf8").includes(`${folder}/`);
      } catch {
        // Gone meanwhile, or another user's.
        return false;
      }
    })
    .map(Number);
}
