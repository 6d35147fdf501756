import { type Check, failed, type Finding, ok } from "../check";

/** Where state is kept, and what can be asked of it. */
export interface State {
  /** Address of the backend. */
  readonly backend: string;
  /** What made it that: a login, the caller's variables, or nothing at all. */
  readonly chosenBy: "login" | "PULUMI_BACKEND_URL" | "default";
  /** Who the backend takes us for. @throws Error when it does not answer */
  readonly user: () => Promise<string>;
  /** Writes something and removes it again. @throws Error when that does not work */
  readonly write: () => Promise<void>;
}

export function stateChecks(state: State): readonly Check[] {
  return [
    { id: "backend", run: () => backend(state) },
    { id: "writable", needs: ["backend"], run: () => writable(state) },
  ];
}

const CHOICES = {
  login: "as npx packit-stacks login says",
  PULUMI_BACKEND_URL: "as PULUMI_BACKEND_URL says",
  default: "for this checkout alone; npx packit-stacks login shares it",
};

async function backend({ backend, chosenBy, user }: State): Promise<Finding> {
  try {
    return ok(`${backend} answers ${await user()} (${CHOICES[chosenBy]})`);
  } catch (error) {
    return failed(
      `${backend} does not answer: ${reason(error)}`,
      "look at the network and at your credentials for it; npx packit-stacks login names another",
    );
  }
}

async function writable({ write }: State): Promise<Finding> {
  try {
    await write();
    return ok("a stack can be written, encrypted and removed again");
  } catch (error) {
    return failed(
      `it cannot be written to: ${reason(error)}`,
      "reading is not enough for a deployment: ask for the right to write and delete, and to use the key",
    );
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
