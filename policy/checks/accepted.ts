/**
 * What checkov has against the project's own objects although the rules have nothing against them, with the reason.
 * `make cross-check` sees that there is nothing else, and that all of this is still said.
 */
export const ACCEPTED_OF_CHECKOV: Readonly<Record<string, string>> = {
  CKV_K8S_15:
    "an image held by digest or by an ImageStream is the same whenever it is pulled; asking the registry at each start only makes starts depend on it",
  CKV_K8S_22: "the image of the log shipper writes into its own root; its pods say so in an annotation",
  CKV_K8S_35:
    "PostgreSQL's image, Celery, Packit, Copr's frontend and clients of S3 take them from variables, each one key of a Secret that only its readers have",
  CKV_K8S_38: "workers make sandbox pods, and the jobs that clean up and import images call the API as well",
  CKV_K8S_40:
    "OpenShift gives each namespace a range of high numbers of its own; on plain Kubernetes Packit's images need the one that they are made for",
  CKV_K8S_43: "an ImageStream holds the image: its trigger puts the digest in",
};
