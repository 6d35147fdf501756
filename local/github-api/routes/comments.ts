import * as z from "zod";

import type { Comment, Repository } from "../hub";
import { created, entry, listOf, noBody, noContent, ok, Refusal, repositoryRoute } from "../route";

/** The longest body in characters that GitHub takes. */
const MAX_COMMENT = 65_536;

const fields = z.strictObject({ body: z.string().min(1) });

function shown(repository: Repository, { id, body, login, issue }: Comment): unknown {
  const { owner, name } = repository;
  const issue_url = `https://api.github.com/repos/${owner}/${name}/issues/${issue}`;
  const user = { login, type: login.endsWith("[bot]") ? "Bot" : "User" };
  return { id, body, user, issue_url, html_url: `https://github.com/${owner}/${name}/issues/comments/${id}` };
}

function checkLength(body: string): void {
  if (body.length > MAX_COMMENT) {
    throw new Refusal(422, `Validation Failed: body is too long (maximum is ${MAX_COMMENT} characters)`);
  }
}

export const commentRoutes = [
  repositoryRoute("GET", "/issues/:number/comments", "read", noBody, (repository, { path, query }) => {
    const comments = [...repository.comments.values()].filter(({ issue }) => issue === Number(path.number));
    return listOf(comments, query, (comment) => shown(repository, comment));
  }),

  repositoryRoute("GET", "/issues/comments", "read", noBody, (repository, { query }) =>
    listOf([...repository.comments.values()], query, (comment) => shown(repository, comment)),
  ),

  repositoryRoute(
    "POST",
    "/issues/:number/comments",
    "read",
    fields,
    (repository, { hub, login, path, body }) => {
      checkLength(body.body);
      const { number } = entry(repository.pulls, path.number);
      const comment = { id: hub.nextId(), issue: number, login, body: body.body, before: [] };
      repository.comments.set(comment.id, comment);
      return created(shown(repository, comment));
    },
  ),

  repositoryRoute("PATCH", "/issues/comments/:id", "write", fields, (repository, { path, body }) => {
    checkLength(body.body);
    const comment = entry(repository.comments, path.id);
    comment.before.push(comment.body);
    comment.body = body.body;
    return ok(shown(repository, comment));
  }),

  repositoryRoute("DELETE", "/issues/comments/:id", "write", noBody, (repository, { path }) => {
    repository.comments.delete(entry(repository.comments, path.id).id);
    return noContent;
  }),
];
