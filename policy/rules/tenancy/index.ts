import type { Area } from "../../rule";
import { host } from "./host";
import { namespace } from "./namespace";
import { nothingOfProduction } from "./nothing-of-production";
import { testDeployment } from "./test-deployment";
import { testLimits } from "./test-limits";

/** What keeps stacks apart. */
export const tenancy: Area = {
  name: "tenancy",
  title: "Staying apart",
  rules: [host, namespace, nothingOfProduction, testDeployment, testLimits],
};
