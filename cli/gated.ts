import type { Session } from "./session";

/** Whether a stack is changed only through the gate: those whose data and users are real. */
export function isGated({ stack }: Pick<Session, "stack">): boolean {
  return stack.deployment !== "dev";
}
