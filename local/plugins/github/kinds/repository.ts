import { among, type Fields } from "../../frame/fields";
import { isProperties, type Plain, type PlainProperties, textOf } from "../../frame/values";
import { type Api, GithubError, type Json } from "../api";
import type { Kind } from "../kind";

/** Switches, and what the API calls them. */
const FEATURES = {
  hasIssues: "has_issues",
  hasProjects: "has_projects",
  hasWiki: "has_wiki",
  hasDiscussions: "has_discussions",
  allowMergeCommit: "allow_merge_commit",
  allowSquashMerge: "allow_squash_merge",
  allowRebaseMerge: "allow_rebase_merge",
  allowAutoMerge: "allow_auto_merge",
  deleteBranchOnMerge: "delete_branch_on_merge",
} as const;

const features: Fields = Object.fromEntries(
  Object.keys(FEATURES).map((name) => [name, { type: "boolean", inPlace: true }]),
);

/** What the template's owner and name are, where there is one. */
function templateOf(
  inputs: PlainProperties,
): { readonly owner: string; readonly repository: string } | undefined {
  const { template } = inputs;
  if (!isProperties(template)) return undefined;
  return { owner: textOf(template.owner), repository: textOf(template.repository) };
}

function settingsOf(inputs: PlainProperties): Json {
  const given = (name: string, called: string): Json =>
    inputs[name] === undefined ? {} : { [called]: inputs[name] };
  return Object.assign(
    {},
    given("description", "description"),
    given("homepageUrl", "homepage"),
    given("visibility", "visibility"),
    given("isTemplate", "is_template"),
    given("archived", "archived"),
    ...Object.entries(FEATURES).map(([name, called]) => given(name, called)),
  ) as Json;
}

async function setTopics(api: Api, name: string, topics: Plain | undefined): Promise<void> {
  if (Array.isArray(topics)) await api.call("PUT", api.repo(name, "topics"), { names: topics });
}

/** Makes it out of its template, or empty. */
async function make(api: Api, inputs: PlainProperties): Promise<void> {
  const name = textOf(inputs.name);
  const template = templateOf(inputs);
  if (template === undefined) {
    await api.call("POST", `/orgs/${encodeURIComponent(api.owner)}/repos`, { name });
    return;
  }
  const path = ["", "repos", template.owner, template.repository, "generate"]
    .map(encodeURIComponent)
    .join("/");
  const isPrivate = inputs.visibility === "private";
  await api.call("POST", path, { owner: api.owner, name, private: isPrivate });
}

/** A repository. */
export const repository: Kind = {
  fields: {
    name: { type: "string" },
    description: { type: "string", inPlace: true },
    homepageUrl: { type: "string", inPlace: true },
    visibility: { type: "string", inPlace: true, wrong: among(["public", "private"]) },
    isTemplate: { type: "boolean", inPlace: true },
    archived: { type: "boolean", inPlace: true },
    archiveOnDestroy: { type: "boolean", inPlace: true },
    topics: { type: "strings", inPlace: true },
    template: {
      type: "object",
      fields: {
        owner: { type: "string", required: true },
        repository: { type: "string", required: true },
        includeAllBranches: { type: "boolean", wrong: among([false]) },
      },
    },
    ...features,
  },
  outputs: [
    "fullName",
    "htmlUrl",
    "httpCloneUrl",
    "sshCloneUrl",
    "gitCloneUrl",
    "svnUrl",
    "nodeId",
    "repoId",
  ],
  secrets: [],
  named: "name",
  create: async (api, inputs) => {
    const name = textOf(inputs.name);
    await make(api, inputs);
    try {
      await api.call("PATCH", api.repo(name), settingsOf(inputs));
      await setTopics(api, name, inputs.topics);
    } catch (error) {
      // Half a repository would be in the way of the next attempt, and nobody would know whose it is.
      if (error instanceof GithubError) await api.call("DELETE", api.repo(name));
      throw error;
    }
    return name;
  },
  read: async (api, id) => {
    const found = await api.call("GET", api.repo(id));
    const switches = Object.entries(FEATURES).flatMap(([name, called]) =>
      found[called] === undefined ? [] : [[name, found[called] as Plain] as const],
    );
    return {
      name: found.name as string,
      description: found.description as string | null,
      homepageUrl: found.homepage as string | null,
      visibility: found.visibility as string,
      isTemplate: found.is_template as boolean,
      archived: found.archived as boolean,
      topics: found.topics as string[],
      ...Object.fromEntries(switches),
      fullName: found.full_name as string,
      htmlUrl: found.html_url as string,
      httpCloneUrl: found.clone_url as string,
      sshCloneUrl: found.ssh_url as string,
      gitCloneUrl: found.git_url as string,
      svnUrl: found.svn_url as string,
      nodeId: found.node_id as string,
      repoId: found.id as number,
    };
  },
  update: async (api, id, inputs) => {
    await api.call("PATCH", api.repo(id), settingsOf(inputs));
    await setTopics(api, id, inputs.topics);
  },
  remove: async (api, id, state) => {
    if (state.archiveOnDestroy === true) await api.call("PATCH", api.repo(id), { archived: true });
    else await api.call("DELETE", api.repo(id));
  },
};
