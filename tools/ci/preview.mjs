// Previews the stacks that a change touches and judges each, for any CI:
//   node tools/ci/preview.mjs BASE [COMMENT]
// BASE is what the change is compared with, COMMENT a file to write the report to. Exit code 0 when every change is
// safe, 1 when one is not, 2 when one cannot be judged. UNSAFE_APPROVED lists fingerprints of findings that somebody
// who may has approved, UNSAFE_REASON says who that was.
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { touchedStacks } from "./touched.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const [base, comment] = process.argv.slice(2);

/** By this line a comment is found again. */
const MARK = "<!-- packit-stacks preview -->";

if (base === undefined) {
  console.error("error: compared with what? For example: node tools/ci/preview.mjs origin/main comment.md");
  process.exitCode = 2;
} else {
  process.exitCode = main();
}

function main() {
  const diff = spawnSync("git", ["diff", "--name-only", "-z", `${base}...HEAD`], {
    cwd: root,
    encoding: "utf8",
  });
  if (diff.status !== 0) {
    console.error(`error: git cannot compare with ${base}: ${diff.stderr.trim()}`);
    return 2;
  }
  const files = diff.stdout.split("\0").filter((file) => file !== "");
  const existing = readdirSync(root).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  const stacks = touchedStacks(files, existing);
  const judged = stacks.map(judge);
  const report = judged.length === 0 ? "No stack is touched.\n" : judged.map(({ text }) => text).join("\n");
  console.log(report);
  if (comment !== undefined) writeFileSync(comment, `${MARK}\n${report}`);
  const codes = judged.map(({ code }) => code);
  // What is unsafe for certain is told first.
  return codes.includes(1) ? 1 : Math.max(0, ...codes);
}

function judge(stack) {
  const approved = (process.env.UNSAFE_APPROVED ?? "").split(/\s+/).filter((print) => print !== "");
  const approvals = approved.flatMap((print) => ["--approve-all", print]);
  const reason = approved.length > 0 ? ["--reason", process.env.UNSAFE_REASON || "approved in CI"] : [];
  const command = join(root, "bin", "packit-stacks.mjs");
  const { status, stdout } = spawnSync(
    process.execPath,
    [command, "gate", stack, "--markdown", ...approvals, ...reason],
    {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const code = status === 0 || status === 1 ? status : 2;
  const text =
    stdout.trim() === "" ? `### ⚠️ ${stack} could not be previewed: the job's log says why\n` : stdout;
  return { code: stdout.trim() === "" ? 2 : code, text };
}
