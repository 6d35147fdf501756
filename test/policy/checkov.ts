import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import type { PolicyResource } from "../../policy/resource";
import { cacheFolder } from "../../tools/setup/cache";
import { pythonWith } from "../../tools/setup/python";

/** A check of checkov's that an object fails. */
export interface Failed {
  readonly id: string;
  /** Kind, namespace and name, with dots between. */
  readonly object: string;
}

interface Report {
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
  readonly results: {
    readonly failed_checks: readonly { readonly check_id: string; readonly resource: string }[];
  };
}

/**
 * What checkov says of Kubernetes objects.
 * @throws Error when it cannot be had, or could not read them.
 */
export async function checkov(resources: readonly PolicyResource[]): Promise<Failed[]> {
  const python = await pythonWith("checkov", resolve(__dirname, "../.."), cacheFolder());
  const folder = mkdtempSync(join(tmpdir(), "packit-stacks-checkov-"));
  try {
    const items = resources.map(({ inputs }) => inputs);
    writeFileSync(join(folder, "objects.json"), JSON.stringify({ apiVersion: "v1", kind: "List", items }));
    const { execa } = await import("execa");
    const args = ["--directory", folder, "--framework", "kubernetes", "--output", "json"];
    // It ends with 1 when an object fails.
    const { stdout, stderr } = await execa(
      python,
      ["-m", "checkov.main", ...args, "--compact", "--quiet", "--skip-download"],
      { reject: false },
    );
    if (!stdout.startsWith("{")) throw new Error(`checkov gave no report: ${stderr}`);
    const { summary, results } = JSON.parse(stdout) as Report;
    if (summary.passed === 0 || summary.parsing_errors > 0)
      throw new Error("checkov could not read the objects");
    return results.failed_checks.map(({ check_id: id, resource: object }) => ({ id, object }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
