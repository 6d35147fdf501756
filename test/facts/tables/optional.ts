import type { ContainerFacts, Facts } from "../model";
import { amounts, following, NAMESPACE, POD, SENTRY, single } from "./common";

/** Sends log records to Splunk, from the API's pods and the workers'. */
export const FLUENTD: Readonly<Record<string, ContainerFacts>> = {
  "fluentd-sidecar": {
    container: "fluentd-sidecar",
    image: "fluentd:prod",
    pull: POD.pull,
    port: { "5140 UDP": "open" },
    env: {
      SPLUNK_HEC_HOST: "Secret splunk/hec-host",
      SPLUNK_HEC_PORT: "Secret splunk/hec-port",
      SPLUNK_HEC_TOKEN: "Secret splunk/hec-token",
    },
    mount: { "/fluentd/etc": "ConfigMap fluentd-config, read-only" },
    request: amounts("128Mi", "10m"),
    limit: amounts("128Mi", "100m"),
  },
};

/** What could be switched on, and was not in production. */
export const optional: Facts = {
  "ConfigMap/fluentd-config": { namespace: NAMESPACE, file: { "fluent.conf": "there" } },
  "Deployment/tokman": {
    ...POD,
    ...single("tokman"),
    ...following("tokman"),
    port: { "8000 TCP": "open" },
    env: {
      DEPLOYMENT: "prod",
      LOG_LEVEL: "DEBUG",
      WORKERS: "1",
      TOKMAN_CONFIG: "/etc/config/config.py",
      BIND_ADDR: "0.0.0.0:8000",
      SENTRY_SECRET: SENTRY,
    },
    mount: {
      "/secrets": "Secret github-app-private-key, read-only",
      "/etc/config": "ConfigMap tokman-config, read-only",
      "/access_tokens": "claim access-tokens-pvc",
    },
    request: amounts("100Mi", "20m"),
    limit: amounts("160Mi", "50m"),
    probe: {
      startup: "HTTP /api/health on 8000, after 15 s, each 10 s, within 10 s, 3 times",
      liveness: "HTTP /api/health on 8000, each 20 s, within 2 s, 3 times",
    },
  },
  "ConfigMap/tokman-config": {
    namespace: NAMESPACE,
    file: {
      "config.py SQLALCHEMY_DATABASE_URI": "sqlite:////access_tokens/access_tokens.db",
      "config.py SQLALCHEMY_TRACK_MODIFICATIONS": "False",
      "config.py GITHUB_APP_ID": "1",
      "config.py GITHUB_APP_PRIVATE_KEY": "/secrets/private-key.pem",
      "config.py TOKEN_RENEW_AT": "60",
    },
  },
  "PersistentVolumeClaim/access-tokens-pvc": {
    namespace: NAMESPACE,
    storage: "1Gi",
    accessModes: "ReadWriteOnce",
    storageClass: "aws-ebs",
  },
  "Service/tokman": {
    namespace: NAMESPACE,
    selector: "component=tokman",
    port: { tokman: "80 → 8000 TCP" },
  },
  "Deployment/redis-commander": {
    ...POD,
    ...single("redis-commander"),
    container: "redis-commander",
    image: "rediscommander/redis-commander",
    pull: "Always",
    port: { "8081 TCP": "open" },
    env: {
      REDIS_HOST: "valkey",
      REDIS_PORT: "6379",
      HTTP_USER: "Secret redis-commander-secret/redis-commander-user",
      HTTP_PASSWORD: "Secret redis-commander-secret/redis-commander-password",
    },
    request: amounts("32Mi", "10m"),
    limit: amounts("32Mi", "10m"),
  },
  "Service/redis-commander": {
    namespace: NAMESPACE,
    selector: "component=redis-commander",
    port: { "8081": "8081 → 8081 TCP" },
  },
  "Route/redis-commander": {
    namespace: NAMESPACE,
    to: "redis-commander",
    tls: "edge",
    insecure: "None",
  },
};
