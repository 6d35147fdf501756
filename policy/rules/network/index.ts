import type { Area } from "../../rule";
import { exposedServiceExists } from "./exposed-service-exists";
import { monitorSelectsService } from "./monitor-selects-service";
import { noExternalIps } from "./no-external-ips";
import { noExternalName } from "./no-external-name";
import { noLoadBalancer } from "./no-load-balancer";
import { noNodePort } from "./no-node-port";
import { noSnippets } from "./no-snippets";
import { noWildcardHost } from "./no-wildcard-host";
import { podsGuarded } from "./pods-guarded";
import { policyAdmitsSomebody } from "./policy-admits-somebody";
import { policySelectsPods } from "./policy-selects-pods";
import { selectsOwnPods } from "./selects-own-pods";
import { serviceSelectsPods } from "./service-selects-pods";
import { targetPort } from "./target-port";
import { tls } from "./tls";
import { uniqueHost } from "./unique-host";
import { uniqueSelector } from "./unique-selector";

/** Who reaches whom. */
export const network: Area = {
  name: "network",
  title: "How pods are reached",
  rules: [
    exposedServiceExists,
    monitorSelectsService,
    noExternalIps,
    noExternalName,
    noLoadBalancer,
    noNodePort,
    noSnippets,
    noWildcardHost,
    podsGuarded,
    policyAdmitsSomebody,
    policySelectsPods,
    selectsOwnPods,
    serviceSelectsPods,
    targetPort,
    tls,
    uniqueHost,
    uniqueSelector,
  ],
};
