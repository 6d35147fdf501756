import { quantity } from "../components/platform/quantity";

/** Amounts of a container. */
export interface Amounts {
  readonly memory?: string | undefined;
  readonly cpu?: string | undefined;
}

/** A container, as far as it is about amounts. */
export interface Container {
  readonly resources?:
    { readonly requests?: Amounts | undefined; readonly limits?: Amounts | undefined } | undefined;
}

/** A pod, as far as it is about amounts. */
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?:
    readonly (Container & { readonly restartPolicy?: string | undefined })[] | undefined;
}

/**
 * What a pod comes to as Kubernetes counts: all that run together, or the hungriest that runs before them alone.
 * What is limited and not requested is requested as far as it is limited.
 *
 * @param read - The number behind a quantity. @default quantity
 * @throws Error when a quantity cannot be read.
 */
export function podAmount(
  { containers, initContainers = [] }: PodSpec,
  kind: "requests" | "limits",
  resource: keyof Amounts,
  read: (text: string) => number = quantity,
): number {
  const of = ({ resources }: Container): number => {
    const asked =
      resources?.[kind]?.[resource] ?? (kind === "requests" ? resources?.limits?.[resource] : undefined);
    return read(asked ?? "0");
  };
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === "Always");
  const alone = initContainers.filter(({ restartPolicy }) => restartPolicy !== "Always").map(of);
  const together = [...containers, ...sidecars].reduce((sum, container) => sum + of(container), 0);
  return Math.max(together, ...alone);
}
