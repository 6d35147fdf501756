import type { Facts } from "../model";
import { amounts, DATABASE, following, NAMESPACE, PASSTHROUGH, POD, SENTRY, single } from "./common";
import { FLUENTD } from "./optional";

/** The web API and the dashboard. */
export const web: Facts = {
  "Deployment/packit-service": {
    ...POD,
    ...single("packit-service"),
    ...following("packit-service"),
    command: "/usr/bin/run_httpd.sh",
    port: { "8443 TCP": "open" },
    env: {
      PROJECT: NAMESPACE,
      DEPLOYMENT: "prod",
      DISTGIT_URL: "https://src.fedoraproject.org/",
      DISTGIT_NAMESPACE: "rpms",
      REDIS_SERVICE_HOST: "valkey",
      ...DATABASE,
      SENTRY_SECRET: SENTRY,
      SYSLOG_HOST: "127.0.0.1",
    },
    mount: {
      "/secrets": "Secret packit-secrets, read-only",
      "/home/packit/.config": "Secret packit-config, read-only",
      "/gh-secrets": "Secret github-app-private-key, read-only",
      "/etc/rpkg/centpkg-sig.conf": "Secret centpkg-sig, only centpkg-sig.conf",
    },
    request: amounts("320Mi", "10m", "300Ki"),
    limit: amounts("4Gi", "200m"),
    sidecar: FLUENTD,
  },
  "Service/packit-service": {
    namespace: NAMESPACE,
    selector: "component=packit-service",
    port: { "prod-packit": "443 → 8443 TCP" },
  },
  "Route/packit-service": {
    namespace: NAMESPACE,
    host: "prod.packit.dev",
    to: "packit-service",
    targetPort: "prod-packit",
    ...PASSTHROUGH,
  },
  "Deployment/packit-dashboard": {
    ...POD,
    ...single("packit-dashboard"),
    ...following("packit-dashboard"),
    port: { "8443 TCP": "open" },
    env: { DEPLOYMENT: "prod", VITE_SENTRY_DSN: SENTRY },
    mount: { "/secrets": "Secret packit-secrets, read-only" },
    request: amounts("128Mi", "5m"),
    limit: amounts("256Mi", "50m"),
  },
  "Service/packit-dashboard": {
    namespace: NAMESPACE,
    selector: "component=packit-dashboard",
    port: { "packit-dashboard-https": "443 → 8443 TCP" },
  },
  "Route/packit-dashboard": {
    namespace: NAMESPACE,
    host: "dashboard.packit.dev",
    to: "packit-dashboard",
    targetPort: "packit-dashboard-https",
    ...PASSTHROUGH,
  },
};
