import type { Area } from "../../rule";
import { labelValues } from "./label-values";
import { noBarePods } from "./no-bare-pods";
import { noDefaultNamespace } from "./no-default-namespace";
import { requiredLabels } from "./required-labels";
import { servedApi } from "./served-api";
import { uniqueEnv } from "./unique-env";

/** What keeps objects in order. */
export const hygiene: Area = {
  name: "hygiene",
  title: "Good order",
  rules: [labelValues, noBarePods, noDefaultNamespace, requiredLabels, servedApi, uniqueEnv],
  leftOut: {
    owner:
      "the labels name the stack, and the setting owner adds who answers for it; on the managed platform the application code does",
    schema:
      "the types of the program and the API server, which is asked at the preview and refuses unknown fields, know the schema",
    dns: "the cluster's own options are right for pods that call Services by their short names",
  },
};
