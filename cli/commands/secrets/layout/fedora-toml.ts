import { parse } from "smol-toml";

import { isTree, type Tree } from "../../../../stacks/settings/tree";
import { type Reading, take } from "./reading";

/** Queue of the sample for development, which no broker of others takes. */
const SAMPLE_QUEUE = "bananas";

/** Reads `fedora.toml`, where only the queue's name is secret. */
export function fedoraToml(content: Buffer): Reading {
  const { queues } = readToml(content);
  const names = isTree(queues) ? Object.keys(queues) : [];
  const [queue] = names;
  if (queue === undefined) return { taken: [], left: ["it names no queue"] };
  if (names.length > 1)
    return { taken: [], problems: [`it names ${names.length} queues, and a stack has one`] };
  if (queue === SAMPLE_QUEUE) return { taken: [], left: ["its queue is that of the sample"] };
  return take("the queue", ["messaging", "queue"], queue);
}

function readToml(content: Buffer): Tree {
  try {
    return parse(content.toString("utf8"));
  } catch {
    throw new Error("is not TOML");
  }
}
