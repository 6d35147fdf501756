import type { WrittenSettings } from "../schema/packit";

/** How images of pull requests are built where nothing is said of it. */
export const IMAGE_BUILDER: WrittenSettings["testInstances"]["builder"] = {
  namespace: "packit-test-builds",
  image: "quay.io/buildah/stable:v1.41",
  gitImage: "docker.io/alpine/git:v2.49.1",
  cpu: "2",
  memory: "4Gi",
  // Fedora with Packit's dependencies is about 2 GB, and stands there as base, as layers and as what is pushed.
  disk: "20Gi",
  // Packit's images take about ten minutes where nothing else is built.
  deadline: "45m",
  // A pull request is rarely looked at longer, and what is missing is built again.
  keep: "14d",
};
