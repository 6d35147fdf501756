/** A tag of an ImageStream and where it comes from. */
export interface StreamTag {
  readonly stream: string;
  /** Tag within the stream, for example `prod`. */
  readonly tag: string;
  /** For example `quay.io/packit/packit-worker:prod`. */
  readonly source: string;
}

/** API version of ImageStreams and their imports. */
export const IMAGE_API = "image.openshift.io/v1";

/**
 * The request that has OpenShift look at a tag's source and import what is there, as `oc import-image` sends it. The
 * answer comes when the import is done. It repeats what the stream says, so that it changes only the stream's status.
 */
export function imageStreamImport(namespace: string, { stream, tag, source }: StreamTag): object {
  return {
    apiVersion: IMAGE_API,
    kind: "ImageStreamImport",
    metadata: { name: stream, namespace },
    spec: {
      import: true,
      images: [
        {
          from: { kind: "DockerImage", name: source },
          to: { name: tag },
          importPolicy: { scheduled: false },
        },
      ],
    },
  };
}
