import { deploymentOf, type TestBase } from "../../../stacks/settings/names";
import type { Repository } from "../../../stacks/settings/pulls";
import type { BuiltImage } from "./model";

/** How a repository makes an image. */
export interface Recipe {
  readonly repository: Repository;
  /** Path in the repository. */
  readonly dockerfile: string;
  /** What the Dockerfile begins with, where that is known: when it is built anew, so is the image. */
  readonly foundation?: string;
  readonly buildArgs: (about: RecipeSubject) => Readonly<Record<string, string>>;
}

/** What an image is made for. */
export interface RecipeSubject {
  readonly base: TestBase;
  /** Commit of the repository. */
  readonly commit: string;
  /** Address of the instance's API, as a browser reaches it. */
  readonly apiUrl: string;
}

/** Name of each image's repository in the registry. */
export const IMAGE_NAMES: Readonly<Record<BuiltImage, string>> = {
  service: "packit-service",
  worker: "packit-worker",
  fedmsg: "packit-service-fedmsg",
  centosmsg: "packit-service-centosmsg",
  dashboard: "packit-dashboard",
  tokman: "tokman",
  sandcastle: "sandcastle",
};

const FEDORA = "quay.io/packit/base:fedora";
const CENTOS = "quay.io/packit/base:c9s";

const none = () => ({});

/**
 * Which packages of Packit's the Dockerfiles install beside their own code: they know `main`, of which there are
 * packages from every commit, and `stable`, of those that are in production.
 */
const sourceBranch = ({ base }: RecipeSubject) => ({
  SOURCE_BRANCH: deploymentOf(base) === "prod" ? "stable" : "main",
});

const PACKIT_RECIPES: Readonly<Record<BuiltImage, Recipe>> = {
  service: {
    repository: "packit-service",
    dockerfile: "files/docker/Dockerfile",
    foundation: FEDORA,
    buildArgs: sourceBranch,
  },
  worker: {
    repository: "packit-service",
    dockerfile: "files/docker/Dockerfile.worker",
    foundation: FEDORA,
    buildArgs: sourceBranch,
  },
  fedmsg: {
    repository: "packit-service-fedmsg",
    dockerfile: "Dockerfile",
    foundation: CENTOS,
    buildArgs: none,
  },
  centosmsg: { repository: "packit-service-centosmsg", dockerfile: "Dockerfile", buildArgs: none },
  dashboard: {
    repository: "dashboard",
    dockerfile: "Dockerfile",
    // A browser is told when the pages are built which API it asks.
    buildArgs: ({ apiUrl, commit }) => ({ VITE_API_URL: apiUrl, VITE_GIT_SHA: commit }),
  },
  tokman: { repository: "tokman", dockerfile: "Containerfile", foundation: CENTOS, buildArgs: none },
  sandcastle: { repository: "sandcastle", dockerfile: "Dockerfile", buildArgs: none },
};

/** Fedora CI's workers come from a repository of their own. */
const FEDORA_CI_WORKER: Recipe = {
  repository: "fedora-ci",
  dockerfile: "Containerfile",
  buildArgs: sourceBranch,
};

/** How the image of a base's test instances is made. */
export function recipeOf(image: BuiltImage, base: TestBase): Recipe {
  return base === "fedora-ci-stg" && image === "worker" ? FEDORA_CI_WORKER : PACKIT_RECIPES[image];
}

/** Repositories that are Python packages, and the images that have them installed. */
export const PACKAGES_IN: Readonly<Partial<Record<Repository, readonly BuiltImage[]>>> = {
  packit: ["service", "worker", "sandcastle"],
  ogr: ["service", "worker"],
  specfile: ["service", "worker"],
  // The library that starts the pods; their image is made from the same repository.
  sandcastle: ["worker"],
};
