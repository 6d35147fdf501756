import { failed, type Finding, ok, skipped, warning } from "../../check";
import type { ClusterFacts } from "./index";

const SECOND = 1000;

/** Tokens and signatures of S3 are refused beyond five minutes. */
const TOO_FAR = 5 * 60 * SECOND;
const FAR = 30 * SECOND;

const FIX = "set the clock of this machine: timedatectl set-ntp true";

/** How far this machine's clock is from the cluster's; lock times and tokens depend on it. */
export async function clock({ cluster, now }: ClusterFacts): Promise<Finding> {
  const api = await cluster();
  const before = now();
  const { date } = await api.ask("GET", "/version");
  if (date === undefined) return skipped("the cluster does not tell its time");
  // The answer carries whole seconds, from about the middle of the way there and back.
  const here = (before + now()) / 2;
  const skew = Math.max(0, Math.abs(here - date) - SECOND);
  const says = `this machine's clock is ${Math.round(skew / SECOND)} s off the cluster's`;
  if (skew > TOO_FAR) return failed(says, FIX);
  return skew > FAR ? warning(says, FIX) : ok(says);
}
