import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

import { cacheFolder } from "../../tools/setup/cache";
import { pythonWith } from "../../tools/setup/python";
import { freePort, waitFor } from "./sandbox";

/** Time in milliseconds to install the server's packages in. */
const INSTALL_MS = 180_000;

/** Time in milliseconds for its start: it loads all that AWS has, which takes long on a busy machine. */
const START_MS = 90_000;

/**
 * Gives the tests of a `describe` the address of an AWS API server on this machine, which starts empty. Where it
 * cannot be installed they are skipped, and with `CI=true` they fail.
 */
export function awsApi(): () => string {
  let process_: ChildProcess | undefined;
  let endpoint: string | undefined;
  before("starts an AWS API server", async function () {
    this.timeout(INSTALL_MS);
    const root = resolve(__dirname, "..", "..");
    const python = await pythonWith("aws", root, cacheFolder()).catch((error: unknown) => {
      if (process.env.CI === "true") throw error;
      this.skip();
    });
    const port = await freePort();
    const args = ["-m", "moto.server", "--host", "127.0.0.1", "--port", String(port)];
    process_ = spawn(python, args, { stdio: "ignore" });
    const address = `http://127.0.0.1:${port}`;
    await waitFor(
      () =>
        fetch(`${address}/moto-api/data.json`).then(
          ({ ok }) => ok,
          () => false,
        ),
      () => `the AWS API server at ${address} is not ready`,
      START_MS,
    );
    endpoint = address;
  });
  after(async () => {
    if (process_?.exitCode !== null) return;
    process_.kill("SIGKILL");
    await once(process_, "exit");
  });
  return () => {
    if (endpoint === undefined) throw new Error("the server is there for tests and hooks only");
    return endpoint;
  };
}
