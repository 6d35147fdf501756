import type { EnvValue } from "../platform/container";

/** The deployments that Packit's code knows. It takes no other word. */
export type Deployment = "dev" | "stg" | "prod";

/** What an instance tells its processes about itself. */
export interface Application {
  /** Namespace; name of the instance in logs and backups. fedmsg filters pushes only where it starts with `packit`. */
  readonly project: string;
  readonly deployment: Deployment;
  /** Which of the services that share the code it is. */
  readonly service: "packit" | "stream" | "fedora-source-git" | "fedora-ci";
}

/** The dist-git that an instance works with. */
export interface Distgit {
  /** For example `https://src.fedoraproject.org/`. */
  readonly url: string;
  /** For example `rpms`. */
  readonly namespace: string;
  /** Namespace of source-git repositories. @default none */
  readonly sourcegitNamespace?: string;
}

/** How tasks are run. */
export interface Celery {
  /** Module with the tasks, for example `packit_service.worker.tasks`. */
  readonly app: string;
  /** How often a failed task is tried again. */
  readonly retryLimit: number;
  /** Seconds before the first retry; doubled each time. */
  readonly retryBackoff: number;
}

/** Environment by which a process knows its instance. */
export function applicationEnv({ project, deployment }: Application): Record<string, EnvValue> {
  return { PROJECT: project, DEPLOYMENT: deployment };
}

/** Environment by which a process finds dist-git. */
export function distgitEnv(distgit: Distgit): Record<string, EnvValue> {
  return { DISTGIT_URL: distgit.url, DISTGIT_NAMESPACE: distgit.namespace };
}
