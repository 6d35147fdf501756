import type { Route } from "../route";
import { commentRoutes } from "./comments";
import { deploymentRoutes } from "./deployments";
import { hookRoutes } from "./hooks";
import { labelRoutes } from "./labels";
import { peopleRoutes } from "./people";
import { pullRoutes } from "./pulls";
import { repositoryRoutes } from "./repositories";
import { secretRoutes } from "./secrets";

/** Everything that is answered. */
export const routes: readonly Route[] = [
  ...peopleRoutes,
  ...repositoryRoutes,
  ...hookRoutes,
  ...labelRoutes,
  ...secretRoutes,
  ...commentRoutes,
  ...pullRoutes,
  ...deploymentRoutes,
];
