import * as z from "zod";

import type { Label, Repository } from "../hub";
import { created, listOf, noBody, noContent, notFound, ok, Refusal, repositoryRoute } from "../route";

const color = z.string().regex(/^[0-9a-fA-F]{6}$/);
const description = z.string().max(100);

const fields = z.strictObject({
  name: z.string().min(1).max(50),
  color: color.default("ededed"),
  description: description.default(""),
});

const changes = z.strictObject({
  new_name: z.string().min(1).max(50).exactOptional(),
  color: color.exactOptional(),
  description: description.exactOptional(),
});

function shown({ owner, name: repository }: Repository, label: Label): unknown {
  const name = encodeURIComponent(label.name);
  return { ...label, url: `https://api.github.com/repos/${owner}/${repository}/labels/${name}` };
}

function labelOf({ labels }: Repository, name: string | undefined): Label {
  const found = labels.get((name ?? "").toLowerCase());
  if (found === undefined) throw notFound();
  return found;
}

function put({ labels }: Repository, label: Label, before?: Label): void {
  const key = label.name.toLowerCase();
  if (labels.has(key) && labels.get(key) !== before) {
    throw new Refusal(422, "Validation Failed: already_exists");
  }
  if (before !== undefined) labels.delete(before.name.toLowerCase());
  labels.set(key, label);
}

export const labelRoutes = [
  repositoryRoute("GET", "/labels", "read", noBody, (repository, { query }) =>
    listOf([...repository.labels.values()], query, (label) => shown(repository, label)),
  ),

  repositoryRoute("POST", "/labels", "write", fields, (repository, { body }) => {
    put(repository, body);
    return created(shown(repository, body));
  }),

  repositoryRoute("GET", "/labels/:name", "read", noBody, (repository, { path }) =>
    ok(shown(repository, labelOf(repository, path.name))),
  ),

  repositoryRoute("PATCH", "/labels/:name", "write", changes, (repository, { path, body }) => {
    const before = labelOf(repository, path.name);
    const { new_name: name = before.name, ...rest } = body;
    const label = { ...before, ...rest, name };
    put(repository, label, before);
    return ok(shown(repository, label));
  }),

  repositoryRoute("DELETE", "/labels/:name", "write", noBody, (repository, { path }) => {
    repository.labels.delete(labelOf(repository, path.name).name.toLowerCase());
    return noContent;
  }),
];
