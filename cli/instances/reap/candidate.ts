import { parseStackName, type TestInstanceName } from "../../../stacks/settings";
import type { KnownInstance } from "../leases/api";
import { STACK_LABEL } from "../leases/lease";

/** How a pull request fares; `unknown` when nobody could be asked. */
export type PullState = "open" | "closed" | "merged" | "unknown";

/** A namespace of the cluster, whosever it is. */
export interface NamespaceFacts {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** In milliseconds since 1970. */
  readonly createdAt: number;
}

/** A namespace of a test instance. */
export interface OwnNamespace {
  readonly name: string;
  readonly createdAt: number;
  /** How long it lives, for example `48h`. */
  readonly ttl?: string;
  /** Why it stays. */
  readonly keep?: string;
}

/** A test instance of this project. */
export interface Candidate extends KnownInstance {
  readonly namespaces: readonly OwnNamespace[];
}

/** A test instance and all that decides what becomes of it. */
export interface Judged extends Candidate {
  /** Of each pull request that it runs; none for branches and commits. */
  readonly pulls: readonly PullState[];
}

const LABELS: Readonly<Record<string, string>> = {
  "app.kubernetes.io/part-of": "packit",
  "app.kubernetes.io/managed-by": "pulumi",
};

/** What stands before a stack's name in its namespaces': nothing, our own word, or a tenant of the managed platform. */
const PREFIX = /^(?:|packit-|[a-z0-9]+(?:-[a-z0-9]+)*--)$/;

/**
 * The stack that a namespace belongs to: by this project's labels *and* by its own name, which has to be the one that
 * the stack's name gives, with or without what a platform puts before it. Undefined for everything else.
 */
export function stackOfNamespace({ name, labels }: NamespaceFacts): TestInstanceName | undefined {
  if (Object.entries(LABELS).some(([label, value]) => labels[label] !== value)) return undefined;
  const stack = testInstance(labels[STACK_LABEL] ?? "");
  if (stack === undefined) return undefined;
  const own = [stack.name, `${stack.name}-sandbox`];
  return own.some((end) => name.endsWith(end) && PREFIX.test(name.slice(0, -end.length))) ? stack : undefined;
}

/** Reads a name; undefined when it is none of a test instance, or longer than any that was made. */
export function testInstance(name: string): TestInstanceName | undefined {
  try {
    const stack = parseStackName(name);
    return stack.kind === "test-instance" ? stack : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The test instances among leases and namespaces. What does not carry this project's labels and a name of its
 * grammar is nobody's business here.
 */
export function candidates(
  instances: readonly KnownInstance[],
  namespaces: readonly NamespaceFacts[],
): readonly Candidate[] {
  const known = new Map(
    instances
      .filter(
        ({ name, record }) =>
          testInstance(name) !== undefined && (record === undefined || record.name === name),
      )
      .map((instance) => [instance.name, instance]),
  );
  const own = new Map<string, OwnNamespace[]>();
  for (const namespace of namespaces) {
    const stack = stackOfNamespace(namespace);
    if (stack === undefined) continue;
    own.set(stack.name, [...(own.get(stack.name) ?? []), ownNamespace(namespace)]);
  }
  return [...new Set([...known.keys(), ...own.keys()])].sort().map((name) => ({
    ...(known.get(name) ?? { name, admitted: false }),
    namespaces: own.get(name) ?? [],
  }));
}

/** Annotation or label of a namespace that says why its instance stays. */
const KEEP = "packit.dev/keep";

function ownNamespace({ name, labels, annotations, createdAt }: NamespaceFacts): OwnNamespace {
  const ttl = annotations["packit.dev/ttl"];
  // An annotation is what settings say, and a label is what somebody has put on by hand.
  const keep = annotations[KEEP] ?? labels[KEEP];
  return { name, createdAt, ...(ttl !== undefined && { ttl }), ...(keep !== undefined && { keep }) };
}
