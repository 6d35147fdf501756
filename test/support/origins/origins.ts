import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { program } from "../programs";
import { LocalRegistry } from "../registry";
import { type Sandbox, sandbox } from "../sandbox";
import { GitRepository } from "./git-repository";
import { RegistryGateway } from "./gateway";

/** Where code and images come from, on this machine: what is otherwise GitHub and quay.io. */
export class Origins {
  private constructor(
    private readonly box: Sandbox,
    private readonly git: string,
    readonly registry: LocalRegistry,
    private readonly gateway: RegistryGateway,
    /** Variables with which programs find all of it. */
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async start(
    box: Sandbox,
    {
      git,
      ...programs
    }: { readonly git: string; readonly buildah: string; readonly "docker-registry": string },
  ): Promise<Origins> {
    const registry = await LocalRegistry.start(box, programs);
    // What the Dockerfiles of Packit's programs begin with.
    registry.push("packit/base:fedora", { text: "base", builtAt: 1_700_000_000 });
    const gateway = await RegistryGateway.start("quay.io", registry.address);
    const storage = box.path("storage.conf");
    const [root, run] = [box.path("images"), box.path("images-run")];
    writeFileSync(storage, `[storage]\ndriver = "vfs"\ngraphroot = "${root}"\nrunroot = "${run}"\n`);
    return new Origins(box, git, registry, gateway, {
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: `url.file://${box.path("github")}/.insteadOf`,
      GIT_CONFIG_VALUE_0: "https://github.com/",
      HTTPS_PROXY: gateway.url,
      NO_PROXY: "127.0.0.1,localhost",
      CONTAINERS_STORAGE_CONF: storage,
    });
  }

  /** A new and empty repository of Packit's. */
  repository(name: string): GitRepository {
    return GitRepository.make(this.git, join(this.box.path("github"), "packit", name));
  }

  async close(): Promise<void> {
    await this.gateway.close();
  }
}

/** Gives the tests of a `describe` code and images of their own; they are skipped where a program is missing. */
export function origins(): () => Origins {
  const programs = {
    git: program("git"),
    buildah: program("buildah"),
    "docker-registry": program("docker-registry"),
  };
  const box = sandbox();
  let current: Origins | undefined;
  before(async () => {
    current = await Origins.start(box(), programs);
  });
  after(async () => {
    await current?.close();
  });
  return () => {
    if (current === undefined) throw new Error("the origins are there for tests and hooks only");
    return current;
  };
}
