import * as pulumi from "@pulumi/pulumi";

import type { Deployed } from "./packit";
import type { Reference, StackName } from "./settings";
import { referenceUrl } from "./settings/references";

/** What people want to know of a stack, in Markdown; `pulumi stack output readme` prints it. */
export function readme(
  { stack, references = [] }: { readonly stack: StackName; readonly references?: readonly Reference[] },
  deployed: Deployed & { readonly expiresAt?: pulumi.Output<string> },
): pulumi.Output<string> {
  const { urls, namespace, expiresAt } = deployed;
  return pulumi
    .all([namespace, expiresAt])
    .apply(([name, expiry]) =>
      [
        `# ${stack.program === "copr" ? "Copr" : "Packit"} ${stack.name}`,
        "",
        ...Object.entries(urls).map(([label, url]) => `- ${label}: ${url}`),
        `- namespace: ${name}`,
        ...references.map((reference) => `- runs ${referenceUrl(reference)}`),
        ...(expiry === undefined ? [] : [`- may be taken down from ${expiry} on`]),
        "",
        `Change it with \`pulumi up -s ${stack.name}\`, take it down with \`pulumi destroy -s ${stack.name}\`.`,
      ].join("\n"),
    );
}
