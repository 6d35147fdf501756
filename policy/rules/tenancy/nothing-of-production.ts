import { isOfProduction } from "../../tenant";
import { textsOf } from "../../texts";
import type { ResourceRule } from "../../rule";

/** A test instance refers to nothing of production. */
export const nothingOfProduction: ResourceRule = {
  id: "tenancy/nothing-of-production",
  title: "A test instance refers to nothing of production",
  why: "it works on production's queue, database or account, and ends what is not its own",
  fix: "use the instance's own service, account or secret",
  severity: "critical",
  kinds: [
    "ConfigMap",
    "RoleBinding",
    "Secret",
    "CronJob",
    "DaemonSet",
    "Deployment",
    "Job",
    "Pod",
    "ReplicaSet",
    "StatefulSet",
  ],
  holdsIn: ["test"],
  enforcement: "mandatory",
  *check(resource) {
    const names = new Set<string>();
    for (const text of textsOf(resource)) {
      for (const [name] of text.matchAll(NAME)) if (isOfProduction(name)) names.add(name);
    }
    for (const name of names) yield `it names ${name}, which belongs to production or staging`;
  },
};

/** Namespaces and hosts of Packit's and Copr's stacks, wherever they stand in a text. */
const NAME =
  /(?<![\w.-])(?:[a-z0-9-]+\.)*packit\.dev(?![\w-])|(?<![\w-])(?:packit|fedora-ci|copr|stream|fedora-source-git)-{1,2}[a-z0-9-]+(?![\w-])/g;
