import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";

/** What a repository for trying an instance is made of. */
export interface TestRepositoryArgs {
  /** Name, without the owner, who is the provider's. */
  readonly name: string;
  /** What people read on its page; 350 characters at most. */
  readonly description: string;
  /** Repository whose files it begins with. */
  readonly template: { readonly owner: string; readonly repository: string };
  /** Where GitHub tells of events, and what it signs them with. @default events are told to nobody */
  readonly webhook?: { readonly url: string; readonly secret: pulumi.Input<string> };
  /** Names of labels for its pull requests and issues. */
  readonly labels: readonly string[];
  /** Secrets of its workflows, by name. */
  readonly secrets: Readonly<Record<string, pulumi.Input<string>>>;
}

/** The events that packit-service's parser knows and a repository's webhook can send. */
const EVENTS = ["check_run", "commit_comment", "issue_comment", "pull_request", "push", "release"];

/** GitHub's own colour of new labels. */
const LABEL_COLOR = "ededed";

/**
 * A repository on GitHub for trying an instance: made from a template, and gone with the instance. It is public, since
 * Copr and Testing Farm fetch its code without a login.
 */
export class TestRepository extends pulumi.ComponentResource {
  /** Its page. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: TestRepositoryArgs, opts: pulumi.ComponentResourceOptions) {
    super("packit:github:TestRepository", name, {}, opts);
    const own = { parent: this };
    const repository = new github.Repository(
      name,
      {
        name: args.name,
        description: args.description,
        template: { ...args.template },
        visibility: "public",
        hasIssues: true,
        hasProjects: false,
        hasWiki: false,
        archiveOnDestroy: false,
      },
      own,
    );
    const where = repository.name;
    if (args.webhook !== undefined) {
      const { url, secret } = args.webhook;
      new github.RepositoryWebhook(
        name,
        {
          repository: where,
          events: EVENTS,
          configuration: { url, contentType: "json", insecureSsl: false, secret: pulumi.secret(secret) },
        },
        own,
      );
    }
    for (const label of args.labels) {
      new github.IssueLabel(`${name}-${label}`, { repository: where, name: label, color: LABEL_COLOR }, own);
    }
    for (const [secretName, value] of Object.entries(args.secrets)) {
      new github.ActionsSecret(
        `${name}-${secretName}`,
        { repository: where, secretName, value: pulumi.secret(value) },
        own,
      );
    }
    this.url = repository.htmlUrl;
    this.registerOutputs({ url: this.url });
  }
}
