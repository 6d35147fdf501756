import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Resources } from "../platform/container";
import { CronTask } from "../platform/cron-task";
import { ConfigFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import { IMAGE_API, imageStreamImport, type StreamTag } from "../platform/image-stream-import";
import { grant } from "../platform/rights";
import type { Site } from "../platform/site";

/** Seconds for all imports together; one takes a few. */
const DEADLINE_SECONDS = 900;

/** A registry may be away for a moment. */
const RETRIES = 2;

/** Ports of the API server: its Service's, and its own, which is what a NetworkPolicy sees. */
const API_PORTS = [443, 6443];

const REQUESTS = "/imports";

/**
 * Rights to import and to nothing else, not even to read what was imported. Kubernetes cannot narrow the making of
 * objects down to names.
 */
const RULES: k8s.types.input.rbac.v1.PolicyRule[] = [
  { apiGroups: ["image.openshift.io"], resources: ["imagestreamimports"], verbs: ["create"] },
];

/** It waits for curl most of the time. */
const RESOURCES: Resources = {
  requests: { cpu: "10m", memory: "32Mi" },
  limits: { cpu: "100m", memory: "80Mi" },
};

/**
 * Sends every request, whatever came of the one before. The token goes by standard input: arguments can be read by
 * others. An import that failed is an answer with status 201 that says so.
 */
const SCRIPT = `failed=0
for request in "$REQUESTS"/*.json; do
  name=$(basename "$request" .json)
  if answer=$(
    printf 'Authorization: Bearer %s' "$(cat "$ACCOUNT/token")" |
      curl --silent --show-error --fail-with-body --max-time 240 --cacert "$ACCOUNT/ca.crt" \\
        --header @- --header 'Content-Type: application/json' --data-binary "@$request" \\
        "$API_SERVER/apis/${IMAGE_API}/namespaces/$NAMESPACE/imagestreamimports"
  ) && ! printf '%s' "$answer" | grep -Eq '"status": *"Failure"'; then
    echo "$name: imported"
  else
    echo "$name: not imported: $answer" >&2
    failed=1
  fi
done
exit "$failed"
`;

export interface ImageImportArgs {
  readonly site: Site;
  /** Anything with a shell, curl and grep. */
  readonly image: ContainerImage;
  /** When, in cron's five fields and UTC. */
  readonly schedule: string;
  /** What is imported; one tag a stream. */
  readonly tags: readonly StreamTag[];
}

/**
 * Has OpenShift import new images at fixed times; the streams' triggers then roll them out. In place of the registry's
 * own polling, which nobody can time, and of the CronJob that is gone (D39).
 */
export class ImageImport extends pulumi.ComponentResource {
  /** @param name - Name of all objects, `image-import`. */
  constructor(name: string, args: ImageImportArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:service:ImageImport", name, {}, opts);
    const { site, image, schedule, tags } = args;
    const child = { parent: this };
    const requests = new ConfigFiles(
      `${name}-requests`,
      {
        site,
        data: Object.fromEntries(
          tags.map((tag) => [
            `${tag.stream}.json`,
            pulumi
              .output(site.namespace)
              .apply((namespace) => `${JSON.stringify(imageStreamImport(namespace, tag), null, 2)}\n`),
          ]),
        ),
      },
      child,
    );
    const { serviceAccount } = new CronTask(
      name,
      {
        site,
        image,
        schedule,
        command: ["sh", "-uc", SCRIPT],
        env: {
          API_SERVER: "https://kubernetes.default.svc",
          ACCOUNT: "/var/run/secrets/kubernetes.io/serviceaccount",
          NAMESPACE: site.namespace,
          REQUESTS,
        },
        mounts: [{ path: REQUESTS, files: [{ from: requests }] }],
        callsApi: true,
        reaches: API_PORTS.map((port) => ({ port })),
        deadlineSeconds: DEADLINE_SECONDS,
        retries: RETRIES,
        resources: RESOURCES,
      },
      child,
    );
    grant(
      name,
      { site, rules: RULES, accounts: [{ namespace: site.namespace, name: serviceAccount }] },
      child,
    );
    this.registerOutputs({});
  }
}
