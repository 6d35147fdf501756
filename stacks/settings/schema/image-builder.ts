import * as z from "zod";

import { parseImage } from "../image-reference";
import { bytes, cpu, duration, imageSource, objectName } from "./values";

/** Where images of pull requests are built, and where they are kept. */
export const imageBuilder = z
  .strictObject({
    namespace: objectName.meta({
      description: "Namespace in which images are built, made when it is not there.",
      example: "packit-test-builds",
    }),
    registry: z
      .string()
      .refine((value) => parseImage(`${value}/packit-worker:tag`) !== undefined, {
        error: "is no registry with the beginning of a repository's path",
      })
      .exactOptional()
      .meta({
        description:
          "Where built images are kept, one repository each. Without it they stay in the registry of OpenShift; plain Kubernetes has none of its own.",
        allowed: "a registry and, mostly, an organisation",
        example: "quay.io/packit-test",
      }),
    pushSecret: objectName.exactOptional().meta({
      description:
        "Secret of type kubernetes.io/dockerconfigjson in that namespace, with which images are pushed to the registry.",
      example: "push",
    }),
    image: imageSource.meta({
      description: "Image with buildah that builds on plain Kubernetes, as a user without rights.",
    }),
    gitImage: imageSource.meta({ description: "Image with git that fetches the code on plain Kubernetes." }),
    seccompProfile: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/)
      .exactOptional()
      .meta({
        description:
          "Profile on the nodes of plain Kubernetes that lets a user without rights make user namespaces, for nodes whose default does not.",
        allowed: "a path below the kubelet's folder of seccomp profiles",
        example: "profiles/buildah.json",
      }),
    cpu: cpu.meta({ description: "Most processor time that a build may take.", example: "2" }),
    memory: bytes.meta({ description: "Most memory that a build may take.", example: "4Gi" }),
    disk: bytes.meta({ description: "Most space that a build may take on its node.", example: "20Gi" }),
    deadline: duration.meta({ description: "How long a build may take.", example: "45m" }),
    keep: duration.meta({
      description:
        "How long built images that no instance runs stay in OpenShift's registry or on this machine. Those of `registry` are its own to clear away.",
      example: "14d",
    }),
  })
  .meta({ description: "How images of pull requests are built." });
