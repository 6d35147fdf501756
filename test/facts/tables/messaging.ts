import type { Facts } from "../model";
import { amounts, following, NAMESPACE, POD, SENTRY, single } from "./common";

/** The listener to Fedora's messages. */
export const messaging: Facts = {
  "Deployment/packit-service-fedmsg": {
    ...POD,
    ...single("packit-service-fedmsg"),
    ...following("packit-service-fedmsg"),
    env: {
      FEDORA_MESSAGING_CONF: "/home/packit/.config/fedora.toml",
      REDIS_SERVICE_HOST: "valkey",
      PROJECT: NAMESPACE,
      DEPLOYMENT: "prod",
      SENTRY_SECRET: SENTRY,
    },
    mount: { "/home/packit/.config": "Secret packit-config" },
    request: amounts("88Mi", "5m"),
    limit: amounts("128Mi", "50m"),
    probe: { liveness: "exec liveness.sh, after 300 s, each 60 s, within 1 s, 3 times" },
  },
};
