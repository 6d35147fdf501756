import { secretsNeeded, type Settings } from "../../../stacks/settings";
import type { Path } from "../../../stacks/settings/tree";
import { dotted } from "./leaves";

/** Whether a stack with these settings reads a secret. */
export function isUsed(settings: Settings, path: Path): boolean {
  return secretsNeeded(settings).some(
    (need) => dotted(need.path) === dotted(path) || (isUser(path) && isUser(need.path)),
  );
}

/** Users of Flower have names of the user's own, and any will do. */
export function isUser(path: Path): boolean {
  return dotted(path).startsWith("flower.users.");
}
