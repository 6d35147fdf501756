import { Option } from "commander";

/** What commands take that print what they found out. */
export const json = new Option("--json", "print the outcome as JSON").default(false);

export const wait = new Option(
  "--wait",
  "wait while somebody else works on it, or as many run as may, instead of failing at once",
).default(false);

export const yes = new Option("--yes", "ask no question (YES=1)").default(process.env.YES === "1");

export const by = new Option(
  "--by <holder>",
  "on whose behalf: person:NAME, pull:OWNER/REPOSITORY#NUMBER or ci:RUN; who runs the command without",
);
