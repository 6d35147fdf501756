import { accessSync, constants, mkdirSync } from "node:fs";

import { backendUser, probeWriting } from "../../backend";
import { activeLogin, type Environment } from "../../environment";
import { PASSPHRASE } from "../../login";
import type { ProjectPaths } from "../../paths";
import type { State } from "./checks/state";

/** Where the state of a stack is kept. */
export function stateFacts(paths: ProjectPaths, environment: Environment, local: boolean): State {
  const login = activeLogin(paths, local);
  const callers = local ? undefined : process.env.PULUMI_BACKEND_URL;
  const isOwn = login === undefined && callers === undefined;
  return {
    backend: environment.PULUMI_BACKEND_URL ?? callers ?? "",
    chosenBy: login !== undefined ? "login" : isOwn ? "default" : "PULUMI_BACKEND_URL",
    user: () => backendUser(environment, paths.root),
    write: () =>
      isOwn ? writeFolder(paths.state) : probeWriting(environment, login?.secretsProvider ?? PASSPHRASE),
  };
}

/** A folder of one's own need not be written to, to know. */
function writeFolder(folder: string): Promise<void> {
  return Promise.resolve().then(() => {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  });
}
