import { PolicyPack } from "@pulumi/policy";

import { packPolicies } from "./pack";

new PolicyPack("packit", { policies: packPolicies() });
