import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { account } from "./account";
import { OWN } from "./look-alikes";

const ROOT = resolve(__dirname, "..", "..");
const BUNDLE = join(ROOT, ".local", "build", "reaper.js");
/** Calls the bundle as AWS does, with a minute left. */
const CALL = `require(${JSON.stringify(BUNDLE)}).handler({}, { getRemainingTimeInMillis: () => 60000 })`;
const run = promisify(execFile);

describe("the reaper as AWS runs it", () => {
  const aws = account();

  before("bundles it", async function () {
    this.timeout(60_000);
    await run(process.execPath, [join(ROOT, "tools", "build.mjs")]);
  });
  beforeEach(() => aws().clear());

  const reaper = async (variables: Record<string, string>): Promise<string> => {
    const { endpoint, region, credentials } = aws().options;
    const { stdout } = await run(process.execPath, ["-e", CALL], {
      env: {
        PATH: process.env.PATH,
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: credentials?.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey,
        ...variables,
      },
    });
    return stdout;
  };
  const VARIABLES = { STACK_TAG: OWN.value, MAX_AGE_SECONDS: "3600", MAX_COUNT: "1" };

  it("C26: terminates only when it is told so, and only what is too much", async () => {
    const { start, alive } = aws();
    const own = await start({ [OWN.key]: OWN.value }, 2);
    const others = await start({ [OWN.key]: `${OWN.value}2` }, 2);
    const tried = await reaper(VARIABLES);
    assert.match(tried, /is too many[^]*"dryRun":true,"terminated":\["i-\w+"\]/);
    assert.deepEqual(await alive(), [...own, ...others].sort());
    const done = await reaper({ ...VARIABLES, DRY_RUN: "false" });
    const gone = /"dryRun":false,"terminated":\["(i-\w+)"\]/.exec(done)?.[1];
    assert.deepEqual(await alive(), [...own.filter((id) => id !== gone), ...others].sort());
    assert.ok(own.includes(gone ?? ""));
  });

  it("fails when its limits are missing or no numbers", async () => {
    await assert.rejects(reaper({ ...VARIABLES, MAX_COUNT: "many" }), /MAX_COUNT has to be a whole number/);
    await assert.rejects(reaper({ STACK_TAG: OWN.value }), /variable MAX_AGE_SECONDS is missing/);
    await assert.rejects(reaper({ ...VARIABLES, STACK_TAG: "*" }), /cannot be a stack's tag/);
  });
});
