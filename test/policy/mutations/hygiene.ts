import { kubernetesObject } from "../../../policy/kubernetes";
import type { PolicyResource } from "../../../policy/resource";
import { labelValues } from "../../../policy/rules/hygiene/label-values";
import { noDefaultNamespace } from "../../../policy/rules/hygiene/no-default-namespace";
import { requiredLabels } from "../../../policy/rules/hygiene/required-labels";
import { servedApi } from "../../../policy/rules/hygiene/served-api";
import { uniqueEnv } from "../../../policy/rules/hygiene/unique-env";
import { at, pick, type Mutation } from "./mutation";

function isObject(resource: PolicyResource): boolean {
  return kubernetesObject(resource) !== undefined;
}

const REQUIRED = ["instance", "part-of", "managed-by"].map((name) => `app.kubernetes.io/${name}`);

const ENV = "spec.template.spec.containers.0.env";

export const hygieneMutations: readonly Mutation[] = [
  {
    rule: servedApi,
    what: "is of a version that is gone",
    to: isObject,
    change: ({ inputs }, choice) =>
      (inputs.apiVersion = pick(
        [
          "extensions/v1beta1",
          "apps/v1beta2",
          "batch/v1beta1",
          "policy/v1beta1",
          "networking.k8s.io/v1beta1",
        ],
        choice,
      )),
  },
  {
    rule: requiredLabels,
    what: "does not say whose it is",
    to: isObject,
    change: ({ inputs }, choice) =>
      Object.assign(inputs.metadata.labels as object, { [pick(REQUIRED, choice)]: undefined }),
  },
  {
    rule: requiredLabels,
    what: "says that it is another's",
    to: isObject,
    change: ({ inputs }, choice) =>
      (inputs.metadata.labels["app.kubernetes.io/instance"] = pick(
        ["stg", "dev-pr-614", "production"],
        choice,
      )),
  },
  {
    rule: labelValues,
    what: "has a label that is none",
    to: isObject,
    change: ({ inputs }, choice) =>
      Object.assign(
        inputs.metadata.labels as object,
        pick(
          [{ owner: "a b" }, { owner: "-a" }, { owner: "a".repeat(64) }, { "a/b/c": "d" }, { "": "a" }],
          choice,
        ),
      ),
  },
  {
    rule: noDefaultNamespace,
    what: "is in no namespace of its own",
    to: isObject,
    change: ({ inputs }, choice) =>
      (inputs.metadata.namespace = pick([undefined, "", "default", "kube-system"], choice)),
  },
  {
    rule: uniqueEnv,
    what: "has a variable twice",
    to: (resource) => at(resource, `${ENV}.0`) !== undefined,
    change: ({ inputs }, choice) => {
      const { env } = inputs.spec.template.spec.containers[0] as { env: { name: string }[] };
      env.push({ ...pick(env, choice) });
    },
  },
];
