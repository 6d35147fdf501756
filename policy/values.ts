import * as pulumi from "@pulumi/pulumi";

import { UnknownValue } from "./resource";

/** Inputs that rules can read, and the secrets among them, which must not be repeated in a message. */
export interface Values {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly secrets: ReadonlySet<string>;
  /** Whether all of them are known. */
  readonly isComplete: boolean;
}

/** What of the inputs is plain now; the rest throws {@link UnknownValue} when read. */
export function writtenValues(inputs: pulumi.Inputs): Values {
  return read(inputs, (value) => (isPending(value) ? UNKNOWN : value));
}

/** The inputs as they will be sent to the engine; what only the update will know throws {@link UnknownValue}. */
export async function sentValues(name: string, inputs: pulumi.Inputs): Promise<Values> {
  const { unknownValue } = pulumi.runtime;
  const sent = await pulumi.runtime.serializeProperties(name, inputs);
  return read(sent, (value) => (value === unknownValue ? UNKNOWN : value));
}

const UNKNOWN = Symbol("unknown");

function isPending(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** A copy in which what `resolve` calls unknown throws when read, and secrets are bare and noted. */
function read(inputs: pulumi.Inputs, resolve: (value: unknown) => unknown): Values {
  const secrets = new Set<string>();
  let isComplete = true;
  return { inputs: copy(inputs, false) as Record<string, unknown>, secrets, isComplete };

  function copy(value: unknown, secret: boolean): unknown {
    if (pulumi.runtime.isRpcSecret(value)) return copy(pulumi.runtime.unwrapRpcSecret(value), true);
    if (secret && typeof value === "string") secrets.add(value);
    if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value)) return value;
    const target: object = Array.isArray(value) ? [] : {};
    for (const [key, part] of Object.entries(value)) {
      const resolved = resolve(part);
      isComplete &&= resolved !== UNKNOWN;
      Object.defineProperty(target, key, {
        enumerable: true,
        ...(resolved === UNKNOWN ? { get: unknown } : { value: copy(resolved, secret) }),
      });
    }
    return target;
  }
}

function unknown(): never {
  throw new UnknownValue();
}
