import * as k8s from "@pulumi/kubernetes";

import { exposedServiceExists } from "../../../policy/rules/network/exposed-service-exists";
import { monitorSelectsService } from "../../../policy/rules/network/monitor-selects-service";
import { noExternalIps } from "../../../policy/rules/network/no-external-ips";
import { noExternalName } from "../../../policy/rules/network/no-external-name";
import { noLoadBalancer } from "../../../policy/rules/network/no-load-balancer";
import { noNodePort } from "../../../policy/rules/network/no-node-port";
import { noSnippets } from "../../../policy/rules/network/no-snippets";
import { noWildcardHost } from "../../../policy/rules/network/no-wildcard-host";
import { podsGuarded } from "../../../policy/rules/network/pods-guarded";
import { policyAdmitsSomebody } from "../../../policy/rules/network/policy-admits-somebody";
import { policySelectsPods } from "../../../policy/rules/network/policy-selects-pods";
import { selectsOwnPods } from "../../../policy/rules/network/selects-own-pods";
import { serviceSelectsPods } from "../../../policy/rules/network/service-selects-pods";
import { targetPort } from "../../../policy/rules/network/target-port";
import { tls } from "../../../policy/rules/network/tls";
import { uniqueHost } from "../../../policy/rules/network/unique-host";
import { uniqueSelector } from "../../../policy/rules/network/unique-selector";
import type { Rule } from "../../../policy/rule";
import type { Case } from "../cases";
import { metadata, withExtra } from "../extra";
import type { Alteration } from "../real";

const SERVICE = "Service/packit-service";
const ROUTE = "Route/packit-service";
const INGRESS = "Ingress/packit-service";

const monitored = withExtra(
  () =>
    new k8s.apiextensions.CustomResource("monitor", {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "ServiceMonitor",
      metadata: metadata("monitor"),
      spec: { selector: { matchLabels: { component: "pushgateway" } } },
    }),
);

/** Cases of one resource, by what is done to it. */
function cases(
  on: string,
  all: readonly (readonly [Rule, Alteration, string, when?: string])[],
  rest: Pick<Case, "in"> = {},
): Case[] {
  return all.map(([rule, bad, says, when]) => ({
    rule,
    on,
    bad,
    says: [`${on}: ${says}`],
    ...(when !== undefined && { when }),
    ...rest,
  }));
}

const services = cases(SERVICE, [
  [
    serviceSelectsPods,
    ({ inputs }) => (inputs.spec.selector.component = "packit-api"),
    "it selects no pods of its namespace",
  ],
  [
    serviceSelectsPods,
    ({ inputs }) => delete inputs.spec.selector,
    "it has no selector",
    "without a selector",
  ],
  [
    targetPort,
    ({ inputs }) => (inputs.spec.ports[0].targetPort = 8444),
    "the pods of packit-service have no port 8444",
  ],
  [noNodePort, ({ inputs }) => (inputs.spec.type = "NodePort"), "its type is NodePort"],
  [noLoadBalancer, ({ inputs }) => (inputs.spec.type = "LoadBalancer"), "its type is LoadBalancer"],
  [noExternalName, ({ inputs }) => (inputs.spec.type = "ExternalName"), "its type is ExternalName"],
  [noExternalIps, ({ inputs }) => (inputs.spec.externalIPs = ["192.0.2.1"]), "it claims 192.0.2.1"],
]);

const routes = cases(ROUTE, [
  [
    exposedServiceExists,
    ({ inputs }) => (inputs.spec.to.name = "packit-api"),
    "there is no Service packit-api in its namespace",
  ],
  [
    exposedServiceExists,
    ({ inputs }) => (inputs.spec.port.targetPort = "http"),
    "Service packit-service has no port http",
    "another port",
  ],
  [tls, ({ inputs }) => delete inputs.spec.tls, "it has no TLS"],
  [
    tls,
    ({ inputs }) => (inputs.spec.tls.insecureEdgeTerminationPolicy = "Allow"),
    "it answers without TLS too",
    "plain requests",
  ],
  [
    noWildcardHost,
    ({ inputs }) => (inputs.spec.wildcardPolicy = "Subdomain"),
    "it answers for all hosts below its own",
  ],
  [
    noWildcardHost,
    ({ inputs }) => delete inputs.spec.host,
    "it has no host, and so answers for all",
    "without a host",
  ],
]);

const ingresses = cases(
  INGRESS,
  [
    [
      exposedServiceExists,
      ({ inputs }) => (inputs.spec.rules[0].http.paths[0].backend.service.port.number = 80),
      "Service packit-service has no port 80",
      "another port of an Ingress",
    ],
    [
      tls,
      ({ inputs }) => (inputs.spec.tls = []),
      "host pr-614.dev.packit.dev has no TLS",
      "an Ingress without",
    ],
    [
      noWildcardHost,
      ({ inputs }) => (inputs.spec.rules[0].host = "*.dev.packit.dev"),
      "it answers for *.dev.packit.dev",
      "an Ingress for all",
    ],
    [
      noSnippets,
      ({ inputs }) =>
        (inputs.metadata.annotations["nginx.ingress.kubernetes.io/server-snippet"] = "return 200;"),
      "it has the annotation nginx.ingress.kubernetes.io/server-snippet",
    ],
  ],
  { in: "dev-pr-614" },
);

const policies = cases("NetworkPolicy/packit-service", [
  [
    policySelectsPods,
    ({ inputs }) => (inputs.spec.podSelector.matchLabels.component = "packit-api"),
    "it selects no pods of its namespace",
  ],
  [
    policyAdmitsSomebody,
    ({ inputs }) => (inputs.spec.ingress[0].from = []),
    "an ingress rule admits everybody",
  ],
  [
    policyAdmitsSomebody,
    ({ inputs }) => inputs.spec.ingress[0].from.push({ ipBlock: { cidr: "0.0.0.0/0" } }),
    "it admits 0.0.0.0/0",
    "the world",
  ],
]);

/** What is found wrong with others than the altered one, or with several. */
const others: readonly Case[] = [
  {
    rule: podsGuarded,
    on: "NetworkPolicy/packit-service",
    bad: ({ inputs }) => (inputs.spec.policyTypes = ["Egress"]),
    says: ["Deployment/packit-service: no NetworkPolicy closes its pods"],
  },
  {
    rule: selectsOwnPods,
    on: "Deployment/packit-service",
    bad: ({ inputs }) => (inputs.spec.template.metadata.labels.component = "packit-api"),
    says: ["Deployment/packit-service: its selector does not take the pods of its own template"],
  },
  {
    rule: uniqueHost,
    on: ROUTE,
    bad: ({ inputs }) => (inputs.spec.host = "dashboard.packit.dev"),
    says: [
      "Route/packit-dashboard: Route/packit-service publishes dashboard.packit.dev too",
      "Route/packit-service: Route/packit-dashboard publishes dashboard.packit.dev too",
    ],
  },
  {
    rule: uniqueSelector,
    on: "Service/flower",
    bad: ({ inputs }) => (inputs.spec.selector.component = "pushgateway"),
    says: [
      "Service/pushgateway: Service flower selects the same pods",
      "Service/flower: Service pushgateway selects the same pods",
    ],
  },
  {
    rule: monitorSelectsService,
    in: monitored,
    on: "ServiceMonitor/monitor",
    bad: ({ inputs }) => (inputs.spec.selector.matchLabels.component = "push-gateway"),
    says: ["ServiceMonitor/monitor: it selects no Service"],
  },
];

export const networkCases: readonly Case[] = [...services, ...routes, ...ingresses, ...policies, ...others];
