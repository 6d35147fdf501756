import { parseStackName, type StackName } from "../stacks/settings/names";
import { ownerOf, placementOf } from "../stacks/settings/placement";

/** What the table of names says of one that belongs to some test instance. */
const TEST_INSTANCES = "test instances";

/** Whether a stack may have objects in a namespace: it is its own, or nobody's. */
export function mayUseNamespace(stack: string, namespace: string): boolean {
  return !isOfAnother(stack, namespace);
}

/** Whether a stack may publish a host: it is its own, or nobody's. */
export function mayUseHost(stack: string, host: string): boolean {
  return !isOfAnother(stack, host);
}

/** Whether a namespace or host is another stack's. A stack of a foreign name has none of its own. */
export function isOfAnother(stack: string, name: string): boolean {
  const owner = ownerOf(name);
  if (owner === undefined || owner === stack) return false;
  return owner !== TEST_INSTANCES || !ownNames(stack).has(name);
}

/** Whether a namespace or host is that of an environment with real users. */
export function isOfProduction(name: string): boolean {
  const owner = ownerOf(name);
  if (owner === undefined || owner === TEST_INSTANCES) return false;
  const stack = parsedName(owner);
  return stack !== undefined && stack.deployment !== "dev";
}

const known = new Map<string, ReadonlySet<string>>();

/** Namespaces and hosts of a stack. */
function ownNames(stack: string): ReadonlySet<string> {
  const names = known.get(stack) ?? namesOf(stack);
  known.set(stack, names);
  return names;
}

function namesOf(stack: string): ReadonlySet<string> {
  const parsed = parsedName(stack);
  if (parsed === undefined) return new Set();
  const { namespace, sandboxNamespace, hosts } = placementOf(parsed);
  const namespaces = [namespace, ...(sandboxNamespace === undefined ? [] : [sandboxNamespace])];
  // The managed platform puts two hyphens after the tenant.
  const managed = namespaces.map((name) => name.replace(/^packit-(?!-)/, "packit--"));
  return new Set([...namespaces, ...managed, ...Object.values<string>({ ...hosts })]);
}

function parsedName(stack: string): StackName | undefined {
  try {
    return parseStackName(stack);
  } catch {
    return undefined;
  }
}
