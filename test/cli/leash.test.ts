import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { identify } from "../../tools/process/identity";

const LEASH = JSON.stringify(resolve(__dirname, "..", "..", "cli", "leash.ts"));

/** Follows a process with a leash, and says its pid; on a line from us the leash is off. */
const OWNER = `
import { spawn } from "node:child_process";
const { default: { leash } } = await import(${LEASH});
const followed = spawn(process.argv[1], ["-c", process.argv[2]], { detached: true, stdio: "ignore" });
const off = leash(followed.pid, 3);
process.stdin.once("data", () => { off(); console.log("off"); });
console.log(followed.pid);
`;

async function owner(program: string): Promise<{ owner: ReturnType<typeof spawn>; pid: number }> {
  const args = ["--import", "tsx", "--input-type=module", "--eval", OWNER, "sh", program];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { owner: child, pid: Number(line.toString()) };
}

async function isGoneWithin(pid: number, ms: number): Promise<boolean> {
  const until = performance.now() + ms;
  while (identify(pid) !== undefined && performance.now() < until) await sleep(20);
  return identify(pid) === undefined;
}

describe("an engine's leash", () => {
  it("ends it in order when its command is killed", async () => {
    const { owner: command, pid } = await owner("exec sleep 60");
    command.kill("SIGKILL");
    assert.ok(await isGoneWithin(pid, 2_800));
  });

  it("kills it when it does not end", async () => {
    const { owner: command, pid } = await owner("trap '' INT; while :; do sleep 1; done");
    await sleep(200);
    command.kill("SIGKILL");
    assert.equal(await isGoneWithin(pid, 500), false);
    assert.ok(await isGoneWithin(pid, 20_000));
  });

  it("leaves alone what has been let go", async () => {
    const { owner: command, pid } = await owner("exec sleep 60");
    command.stdin?.write("off\n");
    if (command.stdout !== null) await once(command.stdout, "data");
    await sleep(200);
    command.kill("SIGKILL");
    assert.equal(await isGoneWithin(pid, 1_500), false);
    process.kill(pid, "SIGKILL");
  });
});
