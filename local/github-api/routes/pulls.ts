import { entry, noBody, ok, repositoryRoute } from "../route";

export const pullRoutes = [
  repositoryRoute("GET", "/pulls/:number", "read", noBody, (repository, { path }) => {
    const { number, state, sha, login, head } = entry(repository.pulls, path.number);
    const base = { repo: { full_name: `${repository.owner}/${repository.name}` } };
    return ok({ number, state, user: { login }, head: { sha, repo: { full_name: head } }, base });
  }),
];
