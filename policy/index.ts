import { PolicyPack } from "@pulumi/policy";

import { Exceptions, type Exception } from "./exceptions";
import { packPolicies } from "./pack";

new PolicyPack("packit", { policies: packPolicies(new Exceptions(configured(), new Date())) });

/** The stack's exceptions, from its configuration as the engine hands it over: lists as JSON. */
function configured(): readonly Exception[] {
  const config = JSON.parse(process.env.PULUMI_CONFIG ?? "{}") as Readonly<Record<string, string>>;
  return JSON.parse(config["packit:policyExceptions"] ?? "[]") as readonly Exception[];
}
