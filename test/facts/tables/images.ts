import type { Facts, ImageStreamFacts } from "../model";
import { NAMESPACE } from "./common";

/** All streams were imported on schedule, though production was said to be imported once a week (D39). */
function stream(source: string, apiVersion = "image.openshift.io/v1"): ImageStreamFacts {
  return {
    namespace: NAMESPACE,
    apiVersion,
    tag: { prod: source },
    scheduled: "true",
    localLookup: "true",
  };
}

export const images: Facts = {
  "ImageStream/packit-service": stream("quay.io/packit/packit-service:prod"),
  "ImageStream/packit-worker": stream("quay.io/packit/packit-worker:prod"),
  "ImageStream/packit-service-fedmsg": stream("quay.io/packit/packit-service-fedmsg:prod"),
  "ImageStream/packit-dashboard": stream("quay.io/packit/dashboard:prod"),
  "ImageStream/pushgateway": stream("ghcr.io/zapier/prom-aggregation-gateway:v0.7.0"),
  "ImageStream/tokman": stream("quay.io/packit/tokman:prod"),
  "ImageStream/fluentd": stream("quay.io/packit/fluentd-splunk-hec:latest", "v1"),
  "ImageStream/nginx": stream("quay.io/nginx/nginx-unprivileged:latest"),
};
