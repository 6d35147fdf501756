import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Checkout } from "./checkout";
import { waitFor } from "./sandbox";

/** How long the bot may take to listen, in milliseconds: the machine may be busy. */
const START_MS = 60_000;

/** `packit-stacks bot` as it runs beside a checkout, with its secrets in files. */
export class BotProcess {
  #output = "";

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (this.#output += text));
    }
  }

  static async start(
    checkout: Checkout,
    { secret, token }: { readonly secret: string; readonly token: string },
  ): Promise<BotProcess> {
    const folder = mkdtempSync(join(tmpdir(), "packit-bot-"));
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), `${text}\n`, { mode: 0o600 });
      return join(folder, name);
    };
    const options = [`--secret-file=${file("secret", secret)}`, `--token-file=${file("token", token)}`];
    const child = spawn(process.execPath, [checkout.program, "bot", "--port=0", ...options], {
      cwd: checkout.root,
      env: { ...process.env, PULUMI_BACKEND_URL: undefined, ...checkout.environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const bot = new BotProcess(child, folder);
    await waitFor(
      () => bot.url !== "" || child.exitCode !== null,
      () => `the bot does not listen:\n${bot.output}`,
      START_MS,
    );
    if (bot.url === "") throw new Error(bot.output);
    return bot;
  }

  /** The file with its token. */
  get tokenFile(): string {
    return join(this.folder, "token");
  }

  /** Where it listens. */
  get url(): string {
    return /^listening on (\S+)$/m.exec(this.#output)?.[1] ?? "";
  }

  /** All that it has written. */
  get output(): string {
    return this.#output;
  }

  /** Has it finish what is at work. @returns its exit code. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill("SIGTERM");
      await once(this.child, "exit");
    }
    rmSync(this.folder, { recursive: true, force: true });
    return this.child.exitCode;
  }
}
