import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

/** How long the browser may take for anything, in milliseconds. */
const PATIENCE_MS = 40_000;

/** Switches of a browser without a window that asks nobody for anything by itself. */
export const HEADLESS: readonly string[] = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--no-first-run",
  "--no-proxy-server",
];

type Json = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Json;
  readonly result?: Json;
  readonly error?: { readonly message: string };
}

interface Waiting {
  readonly resolve: (result: Json) => void;
  readonly reject: (error: Error) => void;
}

/** A page in a headless browser, told what to do by its debugging protocol through pipes: nothing listens. */
export class Browser {
  readonly #folder = mkdtempSync(join(tmpdir(), "packit-stacks-browser-"));
  readonly #process: ChildProcess;
  readonly #asked = new Map<number, Waiting>();
  readonly #awaited: { readonly method: string; readonly resolve: () => void }[] = [];
  #session: string | undefined;
  #rest = "";
  /** What the browser has complained about: errors, and what a policy has forbidden. */
  readonly complaints: string[] = [];

  private constructor(chromium: string) {
    const args = [
      ...HEADLESS,
      "--host-resolver-rules=MAP * ~NOTFOUND",
      "--remote-debugging-pipe",
      `--user-data-dir=${this.#folder}`,
      "about:blank",
    ];
    const env = { PATH: process.env.PATH, HOME: this.#folder };
    this.#process = spawn(chromium, args, { env, stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    (this.#process.stdio[4] as Readable).setEncoding("utf8").on("data", (text: string) => {
      const messages = (this.#rest + text).split("\0");
      this.#rest = messages.pop() ?? "";
      for (const message of messages) this.#hear(JSON.parse(message) as Message);
    });
    this.#process.once("exit", () => {
      for (const { reject } of this.#asked.values()) reject(new Error("the browser has ended"));
    });
  }

  static async open(chromium: string): Promise<Browser> {
    const browser = new Browser(chromium);
    const { targetId } = await browser.ask("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await browser.ask("Target.attachToTarget", { targetId, flatten: true });
    browser.#session = String(sessionId);
    for (const domain of ["Page", "Runtime", "Log", "Accessibility"]) await browser.ask(`${domain}.enable`);
    return browser;
  }

  /** Gives an order of the protocol. */
  async ask(method: string, params: Json = {}): Promise<Json> {
    const id = this.#asked.size + 1;
    const answer = new Promise<Json>((resolve, reject) => this.#asked.set(id, { resolve, reject }));
    const session = this.#session === undefined ? {} : { sessionId: this.#session };
    (this.#process.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    return inTime(answer, method);
  }

  /** Loads a page, and waits until it is there. */
  async load(url: string): Promise<void> {
    const loaded = new Promise<void>((resolve) => {
      this.#awaited.push({ method: "Page.loadEventFired", resolve });
    });
    await this.ask("Page.navigate", { url });
    await inTime(loaded, url);
  }

  /** Shows it in a window of this width, for a reader with these wishes. */
  async look(width: number, scheme: "light" | "dark"): Promise<void> {
    await this.ask("Emulation.setDeviceMetricsOverride", {
      width,
      height: 900,
      deviceScaleFactor: 1,
      mobile: false,
    });
    const features = [{ name: "prefers-color-scheme", value: scheme }];
    await this.ask("Emulation.setEmulatedMedia", { features });
  }

  /** What an expression is, in the page. */
  async value(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.ask("Runtime.evaluate", {
      expression,
      returnByValue: true,
    });
    assert.equal(exceptionDetails, undefined, JSON.stringify(exceptionDetails));
    return (result as { readonly value?: unknown }).value;
  }

  async close(): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      this.#process.once("exit", () => {
        resolve();
      });
    });
    this.#process.kill("SIGKILL");
    await ended;
    // Its helpers end a moment later, and write until then.
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  #hear({ id, method, params, result = {}, error }: Message): void {
    if (id !== undefined) {
      if (error === undefined) this.#asked.get(id)?.resolve(result);
      else this.#asked.get(id)?.reject(new Error(error.message));
    }
    if (method === "Log.entryAdded" || method === "Runtime.exceptionThrown")
      this.complaints.push(JSON.stringify(params));
    for (const { resolve } of this.#awaited.filter((one) => one.method === method)) resolve();
  }
}

/** Gives the tests of a `describe` a browser, and closes it after them. */
export function browserOf(chromium: string): () => Browser {
  let current: Browser | undefined;
  before(async () => {
    current = await Browser.open(chromium);
  });
  after(async () => {
    await current?.close();
  });
  return () => {
    if (current === undefined) throw new Error("the browser is there for tests and hooks only");
    return current;
  };
}

async function inTime<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`the browser does not answer: ${what}`));
    }, PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => {
    clearTimeout(timer);
  });
}
