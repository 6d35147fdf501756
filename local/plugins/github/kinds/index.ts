import type { Kind } from "../kind";
import { label } from "./label";
import { repository } from "./repository";
import { secret } from "./secret";
import { webhook } from "./webhook";

/** What the stand-in for `@pulumi/github` makes, by type token. */
export const kinds: Readonly<Record<string, Kind>> = {
  "github:index/repository:Repository": repository,
  "github:index/repositoryWebhook:RepositoryWebhook": webhook,
  "github:index/issueLabel:IssueLabel": label,
  "github:index/actionsSecret:ActionsSecret": secret,
};
