/** A Job, as far as it is looked into here. */
export interface JobSeen {
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message?: string;
    }[];
  };
}

interface ContainerSeen {
  readonly name: string;
  readonly state?: {
    readonly running?: object;
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: { readonly exitCode: number; readonly reason?: string; readonly message?: string };
  };
}

/** A Job's pod, as far as it is looked into here. */
export interface PodSeen {
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly initContainerStatuses?: readonly ContainerSeen[];
    readonly containerStatuses?: readonly ContainerSeen[];
  };
}

/** How a Job ended; undefined while it runs. */
export function endOf({
  status,
}: JobSeen): { readonly succeeded: boolean; readonly message?: string } | undefined {
  const end = status?.conditions?.find(
    ({ type, status: holds }) => holds === "True" && (type === "Complete" || type === "Failed"),
  );
  if (end === undefined) return undefined;
  return { succeeded: end.type === "Complete", ...(end.message !== undefined && { message: end.message }) };
}

/** The digest that the registry had after the push, as the last container left it. */
export function digestOf(pod: PodSeen | undefined): string | undefined {
  const message = containersOf(pod).find(({ name }) => name === "push")?.state?.terminated?.message;
  return /^sha256:[0-9a-f]{64}$/.exec(message?.trim() ?? "")?.[0];
}

/** The container at work, or the one that is waited for and why. */
export function stageOf(pod: PodSeen | undefined): string | undefined {
  const containers = containersOf(pod);
  const running = containers.find(({ state }) => state?.running !== undefined);
  if (running !== undefined) return STAGES[running.name] ?? STAGES[running.name.replace(/-\d+$/, "")];
  const waiting = containers.find(({ state }) => WRONG.test(state?.waiting?.reason ?? ""))?.state?.waiting;
  return (
    waiting && `waits: ${waiting.reason ?? ""}${waiting.message === undefined ? "" : `, ${waiting.message}`}`
  );
}

/** The container in which a build broke off, and in what way. */
export function brokenIn(
  pod: PodSeen | undefined,
): { readonly container: string; readonly why: string } | undefined {
  const container = containersOf(pod).find(({ state }) => (state?.terminated?.exitCode ?? 0) !== 0);
  const ended = container?.state?.terminated;
  if (container === undefined || ended === undefined) return undefined;
  const late = pod?.status?.reason === "DeadlineExceeded";
  const why = late ? "it took too long" : (KNOWN[ended.reason ?? ""] ?? `it ended with ${ended.exitCode}`);
  return { container: container.name, why };
}

const STAGES: Readonly<Partial<Record<string, string>>> = {
  fetch: "fetching the code",
  build: "building",
  push: "pushing",
};

/** Reasons to wait that do not go by themselves soon. */
const WRONG = /^(?:ErrImagePull|ImagePullBackOff|InvalidImageName|CreateContainer\w*Error)$/;

const KNOWN: Readonly<Partial<Record<string, string>>> = {
  OOMKilled: "it needs more memory than packit:testInstances.builder.memory",
};

function containersOf(pod: PodSeen | undefined): readonly ContainerSeen[] {
  return [...(pod?.status?.initContainerStatuses ?? []), ...(pod?.status?.containerStatuses ?? [])];
}
