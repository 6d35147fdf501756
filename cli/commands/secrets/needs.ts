import type { Path } from "../../../stacks/settings/tree";
import { dotted } from "./leaves";
import type { SecretRules } from "./rules";

/** Whether the stack reads a secret. */
export function isUsed({ needs, ownRepository }: SecretRules, path: Path): boolean {
  if (path[0] === "repository") return ownRepository;
  return needs.some((need) => dotted(need.path) === dotted(path) || (isUser(path) && isUser(need.path)));
}

/** Users of Flower have names of the user's own, and any will do. */
export function isUser(path: Path): boolean {
  return dotted(path).startsWith("flower.users.");
}
