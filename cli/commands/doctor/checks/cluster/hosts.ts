import { type Finding, ok, skipped, warning } from "../../check";
import type { ClusterFacts } from "./index";

/** Whether the public hosts have addresses. */
export async function hosts({ local, publicHosts, lookup }: ClusterFacts): Promise<Finding> {
  const names = await publicHosts();
  if (local) return skipped("hosts of the control plane of this machine are in no DNS");
  const found = await Promise.all(names.map(async (name) => ({ name, known: await isKnown(lookup, name) })));
  const unknown = found.filter(({ known }) => !known).map(({ name }) => name);
  return unknown.length === 0
    ? ok(`${names.join(", ")} have addresses`)
    : warning(`no address: ${unknown.join(", ")}`, "add them to the DNS, as names of the cluster's router");
}

async function isKnown(lookup: ClusterFacts["lookup"], host: string): Promise<boolean> {
  try {
    await lookup(host);
    return true;
  } catch {
    return false;
  }
}
