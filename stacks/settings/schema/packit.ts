import * as z from "zod";

import { components, workloads } from "./components";
import { database, keyValue } from "./data";
import { images } from "./images";
import { instanceSettings } from "./instance";
import {
  celery,
  centosMessages,
  distgit,
  forges,
  messaging,
  pushgatewayAddress,
  wildcardCertificate,
} from "./integrations";
import { backup, sandboxCleaner } from "./jobs";
import { policyExceptions } from "./policy";
import { revdep } from "./revdep";
import { service } from "./service";
import { siteSettings } from "./site";
import { testInstances } from "./test-instances";

/** Everything that can be set for a stack of the Packit program, under `packit:` and apart from `packit:secrets`. */
export const packitSchema = z.strictObject({
  ...siteSettings,
  components: components.meta({ description: "Which optional components there are." }),
  ...workloads,
  images: images.meta({ description: "Images of the workloads." }),
  database,
  keyValue,
  service,
  messaging,
  centosMessages,
  celery,
  distgit,
  forges,
  pushgatewayAddress,
  wildcardCertificate,
  backup,
  sandboxCleaner,
  revdep,
  ...instanceSettings,
  testInstances,
  policyExceptions,
});

/** Settings as they are written, with every default filled in. */
export type WrittenSettings = z.infer<typeof packitSchema>;
