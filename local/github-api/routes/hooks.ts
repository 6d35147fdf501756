import * as z from "zod";

import type { Hook, Repository } from "../hub";
import { created, entry, listOf, noBody, noContent, ok, Refusal, repositoryRoute } from "../route";

const config = z.strictObject({
  url: z.url(),
  content_type: z.enum(["json", "form"]).default("form"),
  secret: z.string().min(1).exactOptional(),
  insecure_ssl: z.enum(["0", "1"]).default("0"),
});

const events = z.array(z.string().regex(/^[a-z_*]+$/)).min(1);

const fields = z.strictObject({
  name: z.literal("web").exactOptional(),
  active: z.boolean().exactOptional(),
  events: events.exactOptional(),
  config,
});

type Config = z.infer<typeof config>;

function shown({ owner, name }: Repository, { id, active, events: on, config: has, secret }: Hook): unknown {
  const hidden = secret === undefined ? {} : { secret: "********" };
  const url = `https://api.github.com/repos/${owner}/${name}/hooks/${id}`;
  return { id, url, type: "Repository", name: "web", active, events: on, config: { ...has, ...hidden } };
}

function checkUnique({ hooks }: Repository, { url }: Config, self?: number): void {
  if ([...hooks.values()].some((hook) => hook.config.url === url && hook.id !== self)) {
    throw new Refusal(422, "Validation Failed: Hook already exists on this repository");
  }
}

function split({ secret, ...rest }: Config): Pick<Hook, "config" | "secret"> {
  return { config: rest, secret };
}

export const hookRoutes = [
  repositoryRoute("GET", "/hooks", "admin", noBody, (repository, { query }) =>
    listOf([...repository.hooks.values()], query, (hook) => shown(repository, hook)),
  ),

  repositoryRoute("POST", "/hooks", "admin", fields, (repository, { hub, body }) => {
    checkUnique(repository, body.config);
    const hook: Hook = {
      id: hub.nextId(),
      active: body.active ?? true,
      events: body.events ?? ["push"],
      ...split(body.config),
    };
    repository.hooks.set(hook.id, hook);
    return created(shown(repository, hook));
  }),

  repositoryRoute("GET", "/hooks/:id", "admin", noBody, (repository, { path }) =>
    ok(shown(repository, entry(repository.hooks, path.id))),
  ),

  repositoryRoute("PATCH", "/hooks/:id", "admin", fields, (repository, { path, body }) => {
    const hook = entry(repository.hooks, path.id);
    checkUnique(repository, body.config, hook.id);
    Object.assign(hook, split(body.config));
    hook.active = body.active ?? hook.active;
    hook.events = body.events ?? hook.events;
    return ok(shown(repository, hook));
  }),

  repositoryRoute("DELETE", "/hooks/:id", "admin", noBody, (repository, { path }) => {
    repository.hooks.delete(entry(repository.hooks, path.id).id);
    return noContent;
  }),
];
