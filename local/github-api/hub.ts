import type { Refusal } from "./route";

/** What somebody may do with a repository, the least first, as the API names it. */
export const PERMISSIONS = ["none", "read", "triage", "write", "maintain", "admin"] as const;

export type Permission = (typeof PERMISSIONS)[number];

export interface Hook {
  readonly id: number;
  active: boolean;
  events: readonly string[];
  config: { readonly url: string; readonly content_type: string; readonly insecure_ssl: string };
  /** What deliveries are signed with; the API never shows it. */
  secret: string | undefined;
}

export interface Label {
  name: string;
  color: string;
  description: string | null;
}

export interface Comment {
  readonly id: number;
  readonly issue: number;
  readonly login: string;
  body: string;
  /** What it said before, the first text first. */
  readonly before: string[];
}

export interface PullRequest {
  readonly number: number;
  state: "open" | "closed";
  /** The last commit of the branch that is to be merged. */
  sha: string;
  readonly login: string;
  /** Repository that the branch is in: a fork's or its own. */
  readonly head: string;
}

export interface DeploymentStatus {
  readonly state: string;
  readonly environment_url: string;
  readonly log_url: string;
  readonly description: string;
}

export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly environment: string;
  readonly transient_environment: boolean;
  readonly statuses: DeploymentStatus[];
}

/** One repository with all that is kept of it. */
export interface Repository {
  readonly id: number;
  readonly owner: string;
  name: string;
  description: string | null;
  homepage: string | null;
  visibility: "public" | "private";
  archived: boolean;
  topics: readonly string[];
  /** The features that can be turned off, such as `has_wiki`. */
  features: Record<string, boolean>;
  /** Whether others can be made from it. */
  isTemplate: boolean;
  /** Full name of the repository that it was made from. */
  readonly template: string | undefined;
  readonly people: Map<string, Permission>;
  readonly hooks: Map<number, Hook>;
  /** By name in small letters, as GitHub tells them apart. */
  readonly labels: Map<string, Label>;
  /** Secrets of its workflows, opened. */
  readonly secrets: Map<string, string>;
  readonly comments: Map<number, Comment>;
  readonly pulls: Map<number, PullRequest>;
  readonly deployments: Map<number, Deployment>;
}

/** All that the fake keeps. Nothing of it outlives the process. */
export class Hub {
  /** By full name in small letters, as GitHub tells them apart. */
  readonly repositories = new Map<string, Repository>();
  /** Whose token it is. */
  readonly tokens = new Map<string, string>();
  /** Who may make repositories in an organization. */
  readonly organizations = new Map<string, Set<string>>();
  /** What it refuses although it should not, as it does on bad days; everything else is answered. */
  trouble: ((method: string, path: string) => Refusal | undefined) | undefined;
  #lastId = 1000;

  nextId(): number {
    return ++this.#lastId;
  }

  find(owner: string, name: string): Repository | undefined {
    return this.repositories.get(fullName(owner, name));
  }

  /** Makes an empty repository. @throws Error when there is one of the name. */
  add(owner: string, name: string, more: Partial<Repository> = {}): Repository {
    if (this.find(owner, name) !== undefined) throw new Error(`${owner}/${name} is there already`);
    const repository: Repository = {
      id: this.nextId(),
      owner,
      name,
      description: null,
      homepage: null,
      visibility: "public",
      archived: false,
      topics: [],
      features: {},
      isTemplate: false,
      template: undefined,
      people: new Map(),
      hooks: new Map(),
      labels: new Map(),
      secrets: new Map(),
      comments: new Map(),
      pulls: new Map(),
      deployments: new Map(),
      ...more,
    };
    this.repositories.set(fullName(owner, name), repository);
    return repository;
  }

  /** What somebody may do there; owners of an organization may do everything in it. */
  permission(repository: Repository, login: string): Permission {
    if (repository.owner === login || this.organizations.get(repository.owner)?.has(login) === true) {
      return "admin";
    }
    return repository.people.get(login) ?? (repository.visibility === "public" ? "read" : "none");
  }
}

/** What a repository is kept under. */
export function fullName(owner: string, name: string): string {
  return `${owner}/${name}`.toLowerCase();
}
