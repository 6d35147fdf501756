import { exposedServiceExists } from "../../../policy/rules/network/exposed-service-exists";
import { noExternalIps } from "../../../policy/rules/network/no-external-ips";
import { noExternalName } from "../../../policy/rules/network/no-external-name";
import { noLoadBalancer } from "../../../policy/rules/network/no-load-balancer";
import { noNodePort } from "../../../policy/rules/network/no-node-port";
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
import { at, kindOf, pick, type Mutation } from "./mutation";

const WRONG = ["packit-api", "", "postgres-99", "web"];

export const networkMutations: readonly Mutation[] = [
  {
    rule: serviceSelectsPods,
    what: "selects what is not there",
    change: ({ inputs }, choice) => (inputs.spec.selector.component = pick(WRONG, choice)),
  },
  {
    rule: serviceSelectsPods,
    what: "wants a label more",
    change: ({ inputs }, choice) => (inputs.spec.selector.tier = `t${choice}`),
  },
  {
    rule: targetPort,
    what: "leads to a port that nobody has",
    to: (resource) => at(resource, "spec.ports.0") !== undefined,
    change: ({ inputs }, choice) =>
      (pick<{ targetPort: unknown }>(inputs.spec.ports, choice).targetPort = pick(
        [1, 65535, "none"],
        choice,
      )),
  },
  {
    rule: selectsOwnPods,
    what: "makes pods with another label",
    change: ({ inputs }, choice) => (inputs.spec.template.metadata.labels.component = pick(WRONG, choice)),
  },
  {
    rule: exposedServiceExists,
    what: "leads to no Service",
    to: (resource) => kindOf(resource) === "Route",
    change: ({ inputs }, choice) => (inputs.spec.to.name = pick(WRONG, choice)),
  },
  {
    rule: exposedServiceExists,
    what: "leads to no port",
    to: (resource) => kindOf(resource) === "Route",
    change: ({ inputs }, choice) => (inputs.spec.port.targetPort = pick(["none", 1], choice)),
  },
  {
    rule: podsGuarded,
    what: "makes pods that no policy knows",
    to: (resource) => at(resource, "spec.template.metadata.labels.component") !== undefined,
    change: ({ inputs }, choice) => {
      inputs.metadata.namespace = "packit--prod-tools";
      inputs.spec.template.metadata.labels.component = `tool-${choice}`;
    },
  },
  {
    rule: policySelectsPods,
    what: "is for pods that are not there",
    to: (resource) => at(resource, "spec.podSelector.matchLabels") !== undefined,
    change: ({ inputs }, choice) => (inputs.spec.podSelector.matchLabels.component = pick(WRONG, choice)),
  },
  {
    rule: policyAdmitsSomebody,
    what: "admits everybody",
    change: ({ inputs }, choice) =>
      (inputs.spec.ingress = pick([[{}], [{ from: [] }], [{ ports: [{ port: 80 }] }]], choice)),
  },
  {
    rule: policyAdmitsSomebody,
    what: "admits the world",
    change: ({ inputs }, choice) =>
      (inputs.spec.ingress = [{ from: [{ ipBlock: { cidr: pick(["0.0.0.0/0", "::/0"], choice) } }] }]),
  },
  {
    rule: noNodePort,
    what: "opens the nodes",
    change: ({ inputs }) => (inputs.spec.type = "NodePort"),
  },
  {
    rule: noLoadBalancer,
    what: "takes an address",
    change: ({ inputs }) => (inputs.spec.type = "LoadBalancer"),
  },
  {
    rule: noExternalName,
    what: "is a name for something else",
    change: ({ inputs }) => (inputs.spec = { type: "ExternalName", externalName: "example.org" }),
  },
  {
    rule: noExternalIps,
    what: "claims an address",
    change: ({ inputs }, choice) => (inputs.spec.externalIPs = [`192.0.2.${choice % 256}`]),
  },
  {
    rule: tls,
    what: "goes without TLS",
    to: (resource) => kindOf(resource) === "Route",
    change: ({ inputs }, choice) =>
      (inputs.spec.tls = pick(
        [undefined, {}, { termination: "edge", insecureEdgeTerminationPolicy: "Allow" }],
        choice,
      )),
  },
  {
    rule: noWildcardHost,
    what: "answers for other hosts",
    to: (resource) => kindOf(resource) === "Route",
    change: ({ inputs }, choice) =>
      Object.assign(
        inputs.spec as object,
        pick(
          [{ host: undefined }, { host: "" }, { host: "*.packit.dev" }, { wildcardPolicy: "Subdomain" }],
          choice,
        ),
      ),
  },
  {
    rule: uniqueHost,
    what: "takes another's host",
    change: ({ name, inputs }, choice, { resources }) => {
      const others = resources.filter((one) => kindOf(one) === "Route" && one.name !== name);
      inputs.spec.host = at(pick(others, choice), "spec.host");
    },
  },
  {
    rule: uniqueSelector,
    what: "takes another's pods",
    change: ({ name, inputs }, choice, { resources }) => {
      const others = resources.filter((one) => kindOf(one) === "Service" && one.name !== name);
      inputs.spec.selector = at(pick(others, choice), "spec.selector");
    },
  },
];
