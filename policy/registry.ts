import type { Area, Rule } from "./rule";
import { availability } from "./rules/availability";
import { aws } from "./rules/aws";
import { hygiene } from "./rules/hygiene";
import { identity } from "./rules/identity";
import { images } from "./rules/images";
import { jobs } from "./rules/jobs";
import { network } from "./rules/network";
import { podSecurity } from "./rules/pod-security";
import { probes } from "./rules/probes";
import { resources } from "./rules/resources";
import { secrets } from "./rules/secrets";
import { state } from "./rules/state";
import { tenancy } from "./rules/tenancy";

/** What the rules are about, in the order of the documentation. */
export const AREAS: readonly Area[] = [
  images,
  resources,
  probes,
  podSecurity,
  identity,
  secrets,
  network,
  availability,
  jobs,
  hygiene,
  tenancy,
  state,
  aws,
];

/** All rules. The policy pack and the guard run these same functions. */
export const RULES: readonly Rule[] = AREAS.flatMap(({ rules }) => rules);
