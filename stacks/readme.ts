import * as pulumi from "@pulumi/pulumi";

import type { Deployed } from "./packit";
import type { Pull, StackName } from "./settings";

/** What people want to know of a stack, in Markdown; `pulumi stack output readme` prints it. */
export function readme(
  { stack, pulls = [] }: { readonly stack: StackName; readonly pulls?: readonly Pull[] },
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
        ...pulls.map(
          ({ repository, number }) => `- runs https://github.com/packit/${repository}/pull/${number}`,
        ),
        ...(expiry === undefined ? [] : [`- may be taken down from ${expiry} on`]),
        "",
        `Change it with \`pulumi up -s ${stack.name}\`, take it down with \`pulumi destroy -s ${stack.name}\`.`,
      ].join("\n"),
    );
}
