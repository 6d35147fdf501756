import { progress } from "../../report";
import type { Work } from "./api";
import { timeText } from "./time-text";

/** Tells a person for whom a command waits. */
export function tellWhoHas(name: string): (work: Work) => void {
  return ({ holder, since }) => {
    progress(`waiting for ${holder}, who works on ${name} since ${timeText(since)}`);
  };
}
