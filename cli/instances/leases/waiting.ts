import { progress } from "../../report";
import type { KnownInstance, Work } from "./api";
import { nameAndHolder } from "./errors";
import { timeText } from "./time-text";

/** Tells a person for whom a command waits. */
export function tellWhoHas(name: string): (work: Work) => void {
  return ({ holder, since, until, expired }) => {
    if (expired) {
      progress(
        `${holder} has not worked on ${name} since ${timeText(until)}, it seems: making sure, for a minute at most`,
      );
      return;
    }
    const times = `since ${timeText(since)}, until ${timeText(until)} or longer`;
    progress(`waiting for ${holder}, who works on ${name} ${times}`);
  };
}

/** Where one stands in the queue, and whose instances have the places. */
export function queueText(place: number, living: readonly KnownInstance[]): string {
  return `number ${place} in the queue; running: ${living.map(nameAndHolder).join(", ")}`;
}
