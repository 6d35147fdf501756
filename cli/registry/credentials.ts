import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import * as z from "zod";

/** How to log in to a registry. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A file as `podman login` and `docker login` write it. */
const AuthFile = z.object({
  auths: z.record(z.string(), z.object({ auth: z.string().optional() })).optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
  credsStore: z.string().optional(),
});

/** How long a credential helper may take, in milliseconds: it may ask for a password. */
const HELPER_PATIENCE_MS = 30_000;

/** The key of Docker's own registry, from before there were others. */
const DOCKER_HUB = ["docker.io", "https://index.docker.io/v1/", "index.docker.io"];

/**
 * What the user's own tools have stored for a repository, the first of: `REGISTRY_AUTH_FILE`, podman's files under
 * `XDG_RUNTIME_DIR` and `XDG_CONFIG_HOME`, and Docker's. Credential helpers are asked.
 *
 * @returns undefined when there is nothing; most repositories can be read by everybody.
 * @throws Error that names a file that cannot be read.
 */
export function credentialsFor(
  registry: string,
  repository: string,
  env: NodeJS.ProcessEnv = process.env,
): Credentials | undefined {
  for (const file of authFiles(env).filter(existsSync)) {
    const { auths = {}, credHelpers = {}, credsStore } = readAuthFile(file);
    const keys = keysFor(registry, repository);
    const helper = keys.map((key) => credHelpers[key]).find((name) => name !== undefined);
    const stored = keys.map((key) => auths[key]?.auth).find((auth) => auth !== undefined && auth !== "");
    const found = stored === undefined ? undefined : decode(stored, file);
    const credentials = found ?? ask(helper ?? credsStore, serversOf(registry));
    if (credentials !== undefined) return credentials;
  }
  return undefined;
}

function authFiles(env: NodeJS.ProcessEnv): string[] {
  const home = env.HOME ?? homedir();
  if (env.REGISTRY_AUTH_FILE !== undefined) return [env.REGISTRY_AUTH_FILE];
  return [
    ...(env.XDG_RUNTIME_DIR === undefined ? [] : [join(env.XDG_RUNTIME_DIR, "containers", "auth.json")]),
    join(env.XDG_CONFIG_HOME ?? join(home, ".config"), "containers", "auth.json"),
    join(env.DOCKER_CONFIG ?? join(home, ".docker"), "config.json"),
  ];
}

function readAuthFile(file: string): z.infer<typeof AuthFile> {
  try {
    return AuthFile.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // Its text may hold a password, so it is not repeated.
    throw new Error(`${file} is not what podman login or docker login writes: mend or remove it`);
  }
}

/** Keys under which a repository's credentials may stand, the closest first: podman takes parts of its path too. */
function keysFor(registry: string, repository: string): string[] {
  const steps = repository.split("/");
  const paths = steps.map((_, index) => [registry, ...steps.slice(0, steps.length - index)].join("/"));
  return [...paths, ...serversOf(registry)];
}

function serversOf(registry: string): string[] {
  return registry === "docker.io" ? DOCKER_HUB : [registry, `https://${registry}`];
}

function decode(auth: string, file: string): Credentials {
  const [username = "", ...password] = Buffer.from(auth, "base64").toString("utf8").split(":");
  if (username === "" || password.length === 0) throw new Error(`${file} holds a login that cannot be read`);
  return { username, password: password.join(":") };
}

/** Asks a program such as `docker-credential-pass`, which answers in JSON. A missing one has nothing to say. */
function ask(helper: string | undefined, keys: readonly string[]): Credentials | undefined {
  if (helper === undefined) return undefined;
  for (const key of keys) {
    const { status, stdout } = spawnSync(`docker-credential-${helper}`, ["get"], {
      input: key,
      encoding: "utf8",
      timeout: HELPER_PATIENCE_MS,
    });
    if (status !== 0) continue;
    const answer = Answer.safeParse(JSON.parse(stdout));
    if (answer.success) return { username: answer.data.Username, password: answer.data.Secret };
  }
  return undefined;
}

const Answer = z.object({ Username: z.string().min(1), Secret: z.string().min(1) });
