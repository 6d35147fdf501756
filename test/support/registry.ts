import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { freePort, type Running, type Sandbox } from "./sandbox";

/** The programs that a registry of images needs, by the names of their packages. */
export interface RegistryPrograms {
  readonly "docker-registry": string;
  readonly buildah: string;
}

/** What an image is made of. */
export interface Content {
  /** Text of its one file, so that images can be told apart. */
  readonly text: string;
  /** When it says that it was built, in seconds since 1970. */
  readonly builtAt: number;
  /** @default the machine's */
  readonly arch?: string;
}

/** A registry of images on this machine, real but empty, and images made from nothing to fill it. */
export class LocalRegistry {
  private constructor(
    private readonly box: Sandbox,
    private readonly programs: RegistryPrograms,
    /** Such as `127.0.0.1:5000`. */
    readonly address: string,
    private readonly running: Running,
  ) {}

  /** @param htpasswd - Users that may read and write. @default everybody may */
  static async start(box: Sandbox, programs: RegistryPrograms, htpasswd?: string): Promise<LocalRegistry> {
    const address = `127.0.0.1:${await freePort()}`;
    const data = join(box.folder, `registry-${address.replace(/\W/g, "-")}`);
    const config = {
      version: 0.1,
      log: { level: "warn" },
      storage: { filesystem: { rootdirectory: data } },
      http: { addr: address },
      ...(htpasswd !== undefined && {
        auth: { htpasswd: { realm: "test", path: box.write("htpasswd", htpasswd) } },
      }),
    };
    const file = box.write("registry.yml", JSON.stringify(config));
    const running = await box.start(programs["docker-registry"], ["serve", file], async () => {
      try {
        return (await fetch(`http://${address}/v2/`)).status < 500;
      } catch {
        return false;
      }
    });
    return new LocalRegistry(box, programs, address, running);
  }

  /** Makes an image and pushes it. @param name - Repository and tag, such as `packit/packit-worker:stg`. */
  push(name: string, content: Content, login?: string): void {
    const image = this.#make(content);
    this.#buildah("push", ...this.#access(login), image, `docker://${this.address}/${name}`);
  }

  /** Makes an image of several architectures and pushes it. */
  pushIndex(name: string, contents: readonly Content[]): void {
    const index = `index-${++made}`;
    this.#buildah("manifest", "create", index);
    for (const content of contents) this.#buildah("manifest", "add", index, this.#make(content));
    this.#buildah("manifest", "push", "--all", ...this.#access(), index, `docker://${this.address}/${name}`);
  }

  /** The digest under which the registry has it, as it says itself. */
  async digestOf(name: string): Promise<string> {
    const [repository = "", tag = ""] = name.split(":");
    const response = await fetch(`http://${this.address}/v2/${repository}/manifests/${tag}`, {
      method: "HEAD",
      headers: {
        accept:
          "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json",
      },
    });
    return response.headers.get("docker-content-digest") ?? "";
  }

  stop(): Promise<void> {
    return this.running.stop();
  }

  #make({ text, builtAt, arch }: Content): string {
    const image = `made-${++made}`;
    const context = join(this.box.folder, image);
    mkdirSync(context);
    writeFileSync(join(context, "text"), text);
    writeFileSync(join(context, "Containerfile"), "FROM scratch\nCOPY text /text\n");
    this.#buildah(
      "bud",
      "--isolation=chroot",
      `--timestamp=${builtAt}`,
      ...(arch === undefined ? [] : [`--arch=${arch}`]),
      `--tag=${image}`,
      context,
    );
    return image;
  }

  #access(login?: string): string[] {
    return ["--tls-verify=false", ...(login === undefined ? [] : [`--creds=${login}`])];
  }

  #buildah(command: string, ...args: readonly string[]): void {
    const folder = join(this.box.folder, "buildah");
    const storage = [
      "--storage-driver=vfs",
      `--root=${join(folder, "root")}`,
      `--runroot=${join(folder, "run")}`,
    ];
    const { status, output } = this.box.run(this.programs.buildah, [...storage, command, ...args], {
      HOME: folder,
    });
    if (status !== 0) throw new Error(`buildah ${command}: ${output}`);
  }
}

let made = 0;
