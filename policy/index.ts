import { PolicyPack } from "@pulumi/policy";

import { configuredExceptions } from "./configured-exceptions";
import { Exceptions } from "./exceptions";
import { packPolicies } from "./pack";

/** The stack's configuration, as the engine hands it over. */
const config = JSON.parse(process.env.PULUMI_CONFIG ?? "{}") as Readonly<Record<string, string>>;

new PolicyPack("packit", {
  policies: packPolicies(new Exceptions(configuredExceptions(config), new Date())),
});
