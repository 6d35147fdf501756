import type { PolicyResource } from "../resource";

/** What rights are written in. */
export const POLICIES: readonly string[] = [
  "aws:iam/groupPolicy:GroupPolicy",
  "aws:iam/policy:Policy",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
];

type Texts = string | readonly string[];

/** A statement of IAM's, as JSON has it. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Action?: Texts;
  readonly NotAction?: Texts;
  readonly Resource?: Texts;
  readonly NotResource?: Texts;
  readonly Principal?: string | Readonly<Record<string, Texts>>;
  readonly Condition?: unknown;
}

/** Actions that only look, which AWS often cannot limit to certain resources. */
const LOOKS = /^[a-z0-9-]+:(?:Describe|Get|List|Lookup|View)[A-Z]/;

/** The statements of a policy or a role's trust. Text that is no policy has none: AWS refuses it. */
export function statementsOf({ inputs }: PolicyResource): readonly Statement[] {
  const { policy, assumeRolePolicy } = inputs;
  const document = policy ?? assumeRolePolicy;
  const read = (typeof document === "string" ? parsed(document) : document) as
    { readonly Statement?: Statement | readonly Statement[] } | undefined;
  const statements = read?.Statement ?? [];
  return Array.isArray(statements) ? (statements as readonly Statement[]) : [statements as Statement];
}

/** Rights that are wider than anybody meant. */
export function* wildcards(statement: Statement): Iterable<string> {
  if (statement.Effect !== "Allow") return;
  const { Sid = "a statement" } = statement;
  if (statement.NotAction !== undefined) yield `${Sid} allows all but some actions`;
  if (statement.NotResource !== undefined) yield `${Sid} allows it on all but some resources`;
  const actions = listOf(statement.Action);
  for (const action of actions) if (action.includes("*")) yield `${Sid} allows ${action}`;
  if (!listOf(statement.Resource).includes("*")) return;
  const changing = actions.filter((action) => !LOOKS.test(action));
  if (changing.length > 0 && statement.Condition === undefined)
    yield `${Sid} allows ${changing.join(", ")} on everything`;
}

/** All texts of a field that may be one text, a list, or lists by kind. */
export function listOf(field: Statement["Principal"] | Texts | undefined): string[] {
  if (field === undefined) return [];
  if (typeof field === "string") return [field];
  return Object.values<Texts>(field).flatMap((part) => part);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
