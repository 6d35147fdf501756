import type { Facts, Texts, WorkloadFacts } from "../model";
import { amounts, DATABASE, following, NAMESPACE, POD, SENTRY } from "./common";
import { FLUENTD } from "./optional";

const COMMAND = "/usr/bin/run_worker.sh";

/** What differs between the kinds of worker. */
interface Kind {
  readonly name: string;
  readonly replicas: string;
  readonly queues: string;
  readonly concurrency?: string;
  readonly request: Texts;
  readonly limit: Texts;
  readonly cache: boolean;
}

function worker({ name, replicas, queues, concurrency, request, limit, cache }: Kind): WorkloadFacts {
  return {
    ...POD,
    ...following("packit-worker"),
    replicas,
    strategy: "RollingUpdate",
    selector: `component=${name}`,
    serviceName: name,
    podManagement: "OrderedReady",
    grace: "10 s",
    command: COMMAND,
    env: {
      PROJECT: NAMESPACE,
      DEPLOYMENT: "prod",
      DISTGIT_URL: "https://src.fedoraproject.org/",
      DISTGIT_NAMESPACE: "rpms",
      PACKIT_USER_AGENT: "packit.dev/packit-prod (prod+packit@packit.dev)",
      APP: "packit_service.worker.tasks",
      REDIS_SERVICE_HOST: "valkey",
      ...DATABASE,
      SENTRY_SECRET: SENTRY,
      CELERY_RETRY_LIMIT: "2",
      CELERY_RETRY_BACKOFF: "3",
      QUEUES: queues,
      PUSHGATEWAY_ADDRESS: "http://pushgateway",
      AWS_ACCESS_KEY_ID: "Secret aws/access-key-id",
      AWS_SECRET_ACCESS_KEY: "Secret aws/secret-access-key",
      ...(concurrency !== undefined && { CONCURRENCY: concurrency }),
      SYSLOG_HOST: "127.0.0.1",
      KRB5CCNAME: "DIR:/home/packit/kerberos/",
    },
    mount: {
      "/packit-ssh": "Secret packit-ssh, read-only",
      "/secrets": "Secret packit-secrets, read-only",
      "/home/packit/.config":
        "Secret packit-config + ConfigMap osh-config (client.conf as osh/client.conf), read-only",
      "/gh-secrets": "Secret github-app-private-key, read-only",
      "/etc/rpkg/centpkg-sig.conf": "Secret centpkg-sig, only centpkg-sig.conf",
      ...(cache && { "/repository-cache": "claim template packit-worker-repository-cache" }),
    },
    request,
    limit,
    probe: { liveness: "exec bash, after 600 s, each 600 s, within 300 s, 3 times" },
    sidecar: FLUENTD,
    claimTemplate: cache
      ? { "packit-worker-repository-cache": "4Gi ReadWriteOnce aws-ebs PCKT-002 Delete" }
      : {},
  };
}

/** A claim that a StatefulSet's template makes. */
function cacheOf(pod: string): Facts {
  return {
    [`PersistentVolumeClaim/packit-worker-repository-cache-${pod}`]: {
      namespace: NAMESPACE,
      storage: "4Gi",
      accessModes: "ReadWriteOnce",
      storageClass: "aws-ebs",
    },
  };
}

/** The workers of all kinds, though production has none that takes every task, and beat, which runs their image. */
export const workers: Facts = {
  "StatefulSet/packit-worker": worker({
    name: "packit-worker",
    replicas: "1",
    queues: "short-running,long-running,rate-limited",
    request: amounts("384Mi", "100m"),
    limit: amounts("1024Mi", "400m"),
    cache: true,
  }),
  "StatefulSet/packit-worker-short-running": worker({
    name: "packit-worker-short-running",
    replicas: "2",
    queues: "short-running",
    concurrency: "16",
    request: amounts("768Mi", "80m"),
    limit: amounts("2048Mi", "2"),
    cache: false,
  }),
  "StatefulSet/packit-worker-long-running": worker({
    name: "packit-worker-long-running",
    replicas: "2",
    queues: "long-running,rate-limited",
    request: amounts("768Mi", "100m"),
    limit: amounts("2048Mi", "2"),
    cache: true,
  }),
  ...cacheOf("packit-worker-0"),
  ...cacheOf("packit-worker-long-running-0"),
  ...cacheOf("packit-worker-long-running-1"),
  "ConfigMap/osh-config": {
    namespace: NAMESPACE,
    file: { "client.conf [General]": "", "client.conf defaultmockconfig": "" },
  },
  "Deployment/packit-service-beat": {
    ...POD,
    ...following("packit-worker", "packit-service-beat"),
    replicas: "1",
    strategy: "Recreate",
    selector: "component=packit-service-beat",
    command: COMMAND,
    env: {
      DEPLOYMENT: "prod",
      APP: "packit_service.worker.tasks",
      REDIS_SERVICE_HOST: "valkey",
      ...DATABASE,
      SENTRY_SECRET: SENTRY,
      CELERY_COMMAND: "beat",
    },
    mount: {
      "/packit-ssh": "Secret packit-ssh, read-only",
      "/secrets": "Secret packit-secrets, read-only",
      "/home/packit/.config": "Secret packit-config, read-only",
    },
    request: amounts("160Mi", "5m", "80Ki"),
    limit: amounts("256Mi", "50m"),
  },
};
