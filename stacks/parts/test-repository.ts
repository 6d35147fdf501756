import type * as pulumi from "@pulumi/pulumi";

import { githubProvider } from "../../components/github/provider";
import { TestRepository } from "../../components/github/test-repository";
import { addressesOf } from "../settings/addresses";
import type { StackInput } from "../settings";
import { testRepositoryOf } from "../settings/test-repository";

/** Where packit-service takes GitHub's events, below the address of its API. */
const WEBHOOKS = "/webhooks/github";

/**
 * The test instance's own repository, where its settings ask for one.
 *
 * @param webhookSecret - What the instance expects events to be signed with; absent: it takes none.
 * @returns the address of its page.
 */
export function testRepository(
  { settings, secrets }: StackInput,
  webhookSecret: pulumi.Input<string> | undefined,
  opts: pulumi.ComponentResourceOptions,
): pulumi.Output<string> | undefined {
  const { stack, testInstances } = settings;
  const repository = testRepositoryOf(settings);
  if (repository === undefined || testInstances.repository === undefined) return undefined;
  const { labels = [], template } = testInstances.repository;
  const [owner = "", name = ""] = template.split("/");
  const url = `${addressesOf(settings).api ?? ""}${WEBHOOKS}`;
  const { url: page } = new TestRepository(
    "test-repository",
    {
      name: repository.name,
      description: `For trying Packit's test instance ${stack.name}; deleted with it`,
      template: { owner, repository: name },
      ...(webhookSecret !== undefined && { webhook: { url, secret: webhookSecret } }),
      labels,
      secrets: secrets.repository ?? {},
    },
    { ...opts, providers: { github: githubProvider("github", repository.owner, opts) } },
  );
  return page;
}
