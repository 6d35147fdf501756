import * as z from "zod";

import { fullName, type Hub, type Repository } from "../hub";
import {
  type Call,
  created,
  noBody,
  noContent,
  notFound,
  ok,
  Refusal,
  repositoryRoute,
  route,
} from "../route";

const name = z.string().regex(/^[A-Za-z0-9._-]{1,100}$/);

/** What can be turned on and off. */
const features = {
  has_issues: z.boolean().exactOptional(),
  has_projects: z.boolean().exactOptional(),
  has_wiki: z.boolean().exactOptional(),
  has_discussions: z.boolean().exactOptional(),
  allow_merge_commit: z.boolean().exactOptional(),
  allow_squash_merge: z.boolean().exactOptional(),
  allow_rebase_merge: z.boolean().exactOptional(),
  allow_auto_merge: z.boolean().exactOptional(),
  delete_branch_on_merge: z.boolean().exactOptional(),
};

const about = {
  description: z.string().max(350).exactOptional(),
  homepage: z.string().exactOptional(),
  private: z.boolean().exactOptional(),
  visibility: z.enum(["public", "private"]).exactOptional(),
  is_template: z.boolean().exactOptional(),
};

const fresh = z.strictObject({ name, ...about, ...features });
const changed = z.strictObject({
  name: name.exactOptional(),
  ...about,
  ...features,
  archived: z.boolean().exactOptional(),
});
const generated = z.strictObject({
  owner: z.string().min(1),
  name,
  description: z.string().exactOptional(),
  include_all_branches: z.boolean().exactOptional(),
  private: z.boolean().exactOptional(),
});
const topics = z.strictObject({ names: z.array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/)).max(20) });

function shown({ id, owner, name: called, ...rest }: Repository): unknown {
  const full = `${owner}/${called}`;
  return {
    id,
    node_id: `R_${id}`,
    name: called,
    full_name: full,
    owner: { login: owner },
    description: rest.description,
    homepage: rest.homepage,
    private: rest.visibility === "private",
    visibility: rest.visibility,
    archived: rest.archived,
    topics: rest.topics,
    is_template: rest.isTemplate,
    default_branch: "main",
    html_url: `https://github.com/${full}`,
    clone_url: `https://github.com/${full}.git`,
    git_url: `git://github.com/${full}.git`,
    ssh_url: `git@github.com:${full}.git`,
    svn_url: `https://github.com/${full}`,
    ...(rest.template !== undefined && { template_repository: { full_name: rest.template } }),
    ...rest.features,
  };
}

type Changes = z.infer<typeof changed>;

function write(repository: Repository, changes: Changes): void {
  const {
    description,
    homepage,
    private: hidden,
    visibility,
    is_template,
    archived,
    name: to,
    ...more
  } = changes;
  repository.description = description ?? repository.description;
  repository.homepage = homepage ?? repository.homepage;
  repository.visibility =
    visibility ?? (hidden === undefined ? repository.visibility : hidden ? "private" : "public");
  repository.isTemplate = is_template ?? repository.isTemplate;
  repository.archived = archived ?? repository.archived;
  repository.name = to ?? repository.name;
  for (const [feature, on] of Object.entries(more)) repository.features[feature] = on;
}

function make(
  { hub, login }: Call<unknown>,
  owner: string,
  called: string,
  template?: Repository,
): Repository {
  if (owner !== login && hub.organizations.get(owner)?.has(login) !== true) {
    throw new Refusal(403, "You need admin access to the organization before adding a repository to it.");
  }
  if (hub.find(owner, called) !== undefined) {
    throw new Refusal(422, "Validation Failed: name already exists on this account");
  }
  return hub.add(owner, called, {
    ...(template !== undefined && { template: `${template.owner}/${template.name}` }),
  });
}

function rename(hub: Hub, repository: Repository, to: string): void {
  const { owner, name: from } = repository;
  if (fullName(owner, from) === fullName(owner, to)) return;
  if (hub.find(owner, to) !== undefined) throw new Refusal(422, "Validation Failed: name already exists");
  hub.repositories.delete(fullName(owner, from));
  hub.repositories.set(fullName(owner, to), repository);
}

export const repositoryRoutes = [
  route("POST", "/orgs/:owner/repos", fresh, (call) => {
    const { name: called, ...more } = call.body;
    const repository = make(call, call.path.owner ?? "", called);
    write(repository, more);
    return created(shown(repository));
  }),

  route("POST", "/user/repos", fresh, (call) => {
    const { name: called, ...more } = call.body;
    const repository = make(call, call.login, called);
    write(repository, more);
    return created(shown(repository));
  }),

  repositoryRoute("POST", "/generate", "read", generated, (template, call) => {
    // What is no template cannot be told from what is not there.
    if (!template.isTemplate) throw notFound();
    const { owner, name: called, description, private: hidden } = call.body;
    const repository = make(call, owner, called, template);
    write(repository, {
      ...(description !== undefined && { description }),
      ...(hidden !== undefined && { private: hidden }),
    });
    return created(shown(repository));
  }),

  repositoryRoute("GET", "", "read", noBody, (repository) => ok(shown(repository))),

  repositoryRoute("PATCH", "", "admin", changed, (repository, { hub, body }) => {
    if (body.name !== undefined) rename(hub, repository, body.name);
    write(repository, body);
    return ok(shown(repository));
  }),

  repositoryRoute("DELETE", "", "admin", noBody, ({ owner, name: called }, { hub }) => {
    hub.repositories.delete(fullName(owner, called));
    return noContent;
  }),

  repositoryRoute("PUT", "/topics", "admin", topics, (repository, { body }) => {
    repository.topics = body.names;
    return ok({ names: body.names });
  }),
];
