import * as z from "zod";

import { findProgram } from "../../../../tools/setup/programs";
import type { KeptImage } from "./outdated";

/** What buildah says of an image. */
const listed = z.array(
  z.object({
    names: z.array(z.string()).nullish(),
    digest: z.string().default(""),
    createdatraw: z.string().default(""),
  }),
);

/** Images that were built for the control plane of this machine and are kept on it. */
export class MachineImages {
  /** @param storage - Where buildah keeps images, as it is told before its command. @default the user's own place */
  constructor(private readonly storage: readonly string[] = []) {}

  /** All of them; none without buildah. */
  async list(): Promise<readonly KeptImage[]> {
    const { ok, stdout } = await this.#buildah(["images", "--json"]);
    if (!ok || stdout.trim() === "") return [];
    return listed.parse(JSON.parse(stdout)).flatMap(({ names, digest, createdatraw }) =>
      (names ?? []).flatMap((text) => {
        const [, name, tag] = /^localhost\/([^/:@]+):([^/:@]+)$/.exec(text) ?? [];
        const createdAt = Date.parse(createdatraw);
        return name === undefined || tag === undefined ? [] : [{ name, tag, digests: [digest], createdAt }];
      }),
    );
  }

  /** Takes the name away, and the image when it has no other. @throws Error with what buildah says. */
  async remove({ name, tag }: KeptImage): Promise<void> {
    const { ok, stderr } = await this.#buildah(["rmi", "--", `localhost/${name}:${tag}`]);
    if (!ok) throw new Error(stderr.trim());
  }

  async #buildah(
    args: readonly string[],
  ): Promise<{ readonly ok: boolean; readonly stdout: string; readonly stderr: string }> {
    const buildah = findProgram("buildah");
    if (buildah === undefined) return { ok: false, stdout: "", stderr: "buildah is missing" };
    const { execa } = await import("execa");
    const { exitCode, stdout, stderr } = await execa(buildah, [...this.storage, ...args], {
      stdin: "ignore",
      reject: false,
    });
    return { ok: exitCode === 0, stdout, stderr };
  }
}
