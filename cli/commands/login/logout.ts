import { forgetLogin } from "../../login";
import type { ProjectPaths } from "../../paths";

/** Forgets where the shared state is. The state itself stays. */
export function logout(paths: ProjectPaths): Promise<number> {
  const known = forgetLogin(paths.login);
  console.log(known ? `logged out: state is kept in ${paths.state} again` : "was not logged in");
  return Promise.resolve(0);
}
