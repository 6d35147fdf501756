import * as z from "zod";

import type { Deployment } from "../hub";
import { created, entry, listOf, noBody, Refusal, repositoryRoute } from "../route";

const deployment = z.strictObject({
  ref: z.string().regex(/^[0-9a-f]{40}$/),
  environment: z.string().min(1).max(255),
  description: z.string().max(140).exactOptional(),
  auto_merge: z.literal(false),
  required_contexts: z.array(z.string()).length(0),
  transient_environment: z.boolean().default(false),
  production_environment: z.literal(false).exactOptional(),
});

const status = z.strictObject({
  state: z.enum(["error", "failure", "inactive", "in_progress", "queued", "pending", "success"]),
  environment_url: z.string().default(""),
  log_url: z.string().default(""),
  description: z.string().max(140).default(""),
  auto_inactive: z.boolean().exactOptional(),
});

function shown({ id, sha, environment, transient_environment }: Deployment): unknown {
  return { id, sha, ref: sha, environment, transient_environment };
}

export const deploymentRoutes = [
  repositoryRoute("GET", "/deployments", "read", noBody, ({ deployments }, { query }) => {
    const [environment, sha] = [query.get("environment"), query.get("sha")];
    const found = [...deployments.values()].filter(
      (one) => (environment === null || one.environment === environment) && (sha === null || one.sha === sha),
    );
    // The newest first, as GitHub has them.
    return listOf(found.reverse(), query, shown);
  }),

  repositoryRoute("POST", "/deployments", "write", deployment, (repository, { hub, body }) => {
    const commit = [...repository.pulls.values()].some(({ sha }) => sha === body.ref);
    if (!commit) throw new Refusal(422, `No ref found for: ${body.ref}`);
    const { ref: sha, environment, transient_environment } = body;
    const one = { id: hub.nextId(), sha, environment, transient_environment, statuses: [] };
    repository.deployments.set(one.id, one);
    return created(shown(one));
  }),

  repositoryRoute("POST", "/deployments/:id/statuses", "write", status, (repository, { hub, path, body }) => {
    const { state, environment_url, log_url, description } = body;
    entry(repository.deployments, path.id).statuses.push({ state, environment_url, log_url, description });
    return created({ id: hub.nextId(), ...body });
  }),
];
