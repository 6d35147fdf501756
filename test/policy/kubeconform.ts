import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import type { KubernetesObject } from "./openapi-schemas";

const ROOT = resolve(__dirname, "../..");

/** One object as kubeconform judges it. */
interface Judged {
  readonly kind: string;
  readonly name: string;
  readonly status: string;
  readonly msg: string;
}

/** kubeconform with the schemas of a cluster, instead of those that it would fetch from the web. */
export class Kubeconform {
  readonly #folder = mkdtempSync(join(tmpdir(), "packit-stacks-kubeconform-"));
  readonly #program = join(this.#folder, "kubeconform");

  /**
   * @param schemas - By name: group or core version, version and kind, with underscores between.
   * @throws Error when it cannot be built.
   */
  constructor(schemas: ReadonlyMap<string, object>) {
    const env = {
      CGO_ENABLED: "0",
      GOFLAGS: "-mod=readonly -buildvcs=false",
      GOTOOLCHAIN: "local",
      GOWORK: "off",
    };
    const built = spawnSync(
      "go",
      ["build", "-o", this.#program, "github.com/yannh/kubeconform/cmd/kubeconform"],
      {
        cwd: join(ROOT, "tools", "go", "kubeconform"),
        encoding: "utf8",
        env: { ...process.env, ...env },
      },
    );
    if (built.status !== 0) throw new Error(`kubeconform cannot be built: ${built.stderr}`);
    for (const [name, schema] of schemas)
      writeFileSync(join(this.#folder, `${name}.json`), JSON.stringify(schema));
  }

  /**
   * What it has against objects: kind, name and fault of each.
   * @throws Error when it did not look at all of them.
   */
  faults(objects: readonly KubernetesObject[]): string[] {
    const location = join(this.#folder, "{{ .Group }}_{{ .ResourceAPIVersion }}_{{ .ResourceKind }}.json");
    const { stdout, stderr } = spawnSync(
      this.#program,
      ["-strict", "-verbose", "-output", "json", "-schema-location", location],
      {
        input: JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }),
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    if (!stdout.startsWith("{")) throw new Error(`kubeconform gave no report: ${stderr}`);
    const { resources } = JSON.parse(stdout) as { readonly resources: readonly Judged[] };
    if (resources.length !== objects.length)
      throw new Error(`kubeconform looked at ${resources.length} of ${objects.length} objects`);
    return resources
      .filter(({ status }) => status !== "statusValid")
      .map(({ kind, name, msg }) => `${kind}/${name}: ${msg}`);
  }

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
