import { noBody, notFound, ok, repositoryRoute, route } from "../route";

/** Coarser names of permissions, which the API has used since before there were roles. */
const COARSE: Readonly<Partial<Record<string, string>>> = { triage: "read", maintain: "write" };

export const peopleRoutes = [
  route("GET", "/user", noBody, ({ login }) => ok({ login, type: "User" })),

  repositoryRoute("GET", "/collaborators/:login/permission", "read", noBody, (repository, { hub, path }) => {
    const login = path.login ?? "";
    // Accounts are those of tokens and of people whom a repository names.
    const known = [...hub.tokens.values()].includes(login) || repository.people.has(login);
    if (!known) throw notFound();
    const role = hub.permission(repository, login);
    return ok({ permission: COARSE[role] ?? role, role_name: role, user: { login } });
  }),
];
