import type { Facts } from "../model";
import { amounts, following, NAMESPACE, PASSTHROUGH, POD, single } from "./common";

/** What shows how it all does: Flower, the pushgateway, and nginx before them. */
export const edge: Facts = {
  "Deployment/flower": {
    ...POD,
    ...single("flower"),
    container: "flower",
    image: "quay.io/packit/flower",
    pull: "Always",
    port: { "5555 TCP": "open" },
    env: {
      CELERY_BROKER_URL: "redis://valkey:6379/0",
      FLOWER_PORT: "5555",
      FLOWER_UNAUTHENTICATED_API: "true",
    },
    request: amounts("80Mi", "5m"),
    limit: amounts("128Mi", "50m"),
  },
  "Service/flower": {
    namespace: NAMESPACE,
    selector: "component=flower",
    port: { "5555": "5555 → 5555 TCP" },
  },
  "Deployment/pushgateway": {
    ...POD,
    ...single("pushgateway"),
    ...following("pushgateway"),
    args: "--apiListen=:9091",
    port: { "9091 TCP": "open" },
    request: amounts("16Mi", "5m"),
    limit: amounts("32Mi", "50m"),
  },
  "Service/pushgateway": {
    namespace: NAMESPACE,
    selector: "component=pushgateway",
    port: { "prometheus-push": "80 → 9091 TCP" },
  },
  "Deployment/nginx": {
    ...POD,
    ...single("nginx"),
    ...following("nginx"),
    port: { "8443 TCP": "open" },
    mount: {
      "/etc/nginx": "ConfigMap nginx-config, read-only",
      "/secrets": "Secret packit-secrets, read-only",
      "/etc/nginx/secrets": "Secret flower-htpasswd, read-only",
    },
    request: amounts("8Mi", "5m"),
    limit: amounts("50Mi", "10m"),
  },
  "ConfigMap/nginx-config": { namespace: NAMESPACE, file: { "nginx.conf": "there" } },
  "Service/nginx": {
    namespace: NAMESPACE,
    selector: "component=nginx",
    port: { "nginx-https": "443 → 8443 TCP" },
  },
  "Route/nginx": {
    namespace: NAMESPACE,
    host: "workers.packit.dev",
    to: "nginx",
    targetPort: "nginx-https",
    ...PASSTHROUGH,
  },
};
