import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { type Plain, type PlainProperties, textOf } from "../../frame/values";
import { at, listAt, mapAt, textAt } from "../object";
import type { Target } from "./kubeconfig";

const run = promisify(execFile);

/** How long a credential command may take: it may ask somebody in a browser, in milliseconds. */
const execTimeout = 60_000;

/** What is sent to prove who we are. */
export interface Credentials {
  /** The header `Authorization`, if any. */
  readonly authorization?: string;
  /** A client certificate and its key, as PEM. */
  readonly cert?: string;
  readonly key?: string;
  /** When they end, in milliseconds since 1970. @default never */
  readonly expires?: number;
}

/** What the server's certificate is checked by. */
export interface Trust {
  readonly ca?: string;
  readonly rejectUnauthorized?: boolean;
  readonly servername?: string;
}

/** The trust that a kubeconfig's cluster asks for. */
export function trust({ cluster, folder }: Target): Trust {
  if (textAt(cluster, "proxy-url") !== "") {
    throw new Error(
      `"proxy-url" in a kubeconfig is not in this stand-in; install the official plugin for that`,
    );
  }
  const ca = dataOrFile(cluster, "certificate-authority", folder);
  const servername = textAt(cluster, "tls-server-name");
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cluster["insecure-skip-tls-verify"] === true ? { rejectUnauthorized: false } : {}),
    ...(servername === "" ? {} : { servername }),
  };
}

/** The credentials of a kubeconfig's user; runs its credential command, if it has one. */
export async function credentials(target: Target): Promise<Credentials> {
  const { user, folder } = target;
  if (user["auth-provider"] !== undefined) {
    throw new Error(`${target.source}: "auth-provider" is gone from Kubernetes; use "exec" or a token`);
  }
  const cert = dataOrFile(user, "client-certificate", folder);
  const key = dataOrFile(user, "client-key", folder);
  const pair = cert === undefined || key === undefined ? {} : { cert, key };
  const file = textAt(user, "tokenFile");
  const token =
    textAt(user, "token") || (file === "" ? "" : readFileSync(resolve(folder, file), "utf8").trim());
  if (token !== "") return { ...pair, authorization: `Bearer ${token}` };
  const name = textAt(user, "username");
  if (name !== "") {
    const login = Buffer.from(`${name}:${textAt(user, "password")}`).toString("base64");
    return { ...pair, authorization: `Basic ${login}` };
  }
  return user.exec === undefined ? pair : { ...pair, ...(await execute(target, mapAt(user, "exec"))) };
}

function dataOrFile(from: PlainProperties, name: string, folder: string): string | undefined {
  const data = textAt(from, `${name}-data`);
  if (data !== "") return Buffer.from(data, "base64").toString("utf8");
  const file = textAt(from, name);
  return file === "" ? undefined : readFileSync(resolve(folder, file), "utf8");
}

/** Runs a credential plugin (client.authentication.k8s.io) and takes what it prints. */
async function execute(target: Target, exec: PlainProperties): Promise<Credentials> {
  const command = textAt(exec, "command");
  const apiVersion = textAt(exec, "apiVersion") || "client.authentication.k8s.io/v1";
  const cluster = exec.provideClusterInfo === true ? { cluster: clusterInfo(target) } : {};
  const info = { apiVersion, kind: "ExecCredential", spec: { interactive: false, ...cluster } };
  const env: NodeJS.ProcessEnv = { ...process.env, KUBERNETES_EXEC_INFO: JSON.stringify(info) };
  for (const item of listAt(exec, "env")) env[textAt(item, "name")] = textAt(item, "value");
  const args = listAt(exec, "args").map((item) => textOf(item));
  // A command with a slash is found from the kubeconfig's folder, one without on PATH.
  const file = command.includes("/") ? resolve(target.folder, command) : command;
  let printed: Plain;
  try {
    const { stdout } = await run(file, args, { env, timeout: execTimeout });
    printed = JSON.parse(stdout) as Plain;
  } catch (error) {
    const hint = textAt(exec, "installHint");
    const reason = (error as Error).message.trim();
    throw new Error(
      `${target.source}: the credential command "${command}" failed: ${reason}${hint && `\n${hint}`}`,
    );
  }
  const status = at(printed, "status");
  const token = textAt(status, "token");
  const cert = textAt(status, "clientCertificateData");
  const expires = Date.parse(textAt(status, "expirationTimestamp"));
  if (token === "" && cert === "") {
    throw new Error(
      `${target.source}: the credential command "${command}" printed neither token nor certificate`,
    );
  }
  return {
    ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
    ...(cert === "" ? {} : { cert, key: textAt(status, "clientKeyData") }),
    ...(Number.isNaN(expires) ? {} : { expires }),
  };
}

function clusterInfo({ cluster, server }: Target): PlainProperties {
  const info: PlainProperties = { server };
  for (const name of ["tls-server-name", "insecure-skip-tls-verify", "certificate-authority-data"]) {
    const value = cluster[name];
    if (value !== undefined) info[name] = value;
  }
  return info;
}
