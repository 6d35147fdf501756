import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Folder of the checkout. */
export const ROOT = resolve(__dirname, "../..");

/** All pages of the documentation, by their path. */
export function readPages(): ReadonlyMap<string, string> {
  const paths = ["README.md", "CONTRIBUTING.md", ...pagesIn("docs")];
  return new Map(paths.map((path) => [path, readFileSync(join(ROOT, path), "utf8")]));
}

/** Blocks of code and code within lines. */
export function codeIn(text: string): string[] {
  const blocks = [...text.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)].map(([, code = ""]) => code);
  const spans = [...text.replaceAll(/^```[\s\S]*?^```/gm, "").matchAll(/`([^`\n]+)`/g)].map(
    ([, code = ""]) => code,
  );
  return [...blocks, ...spans];
}

function pagesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return pagesIn(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}
