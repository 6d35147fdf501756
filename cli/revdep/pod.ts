import { CODE_CONTAINER } from "../../components/packit/test-containers";

/** What has become of a container. */
interface ContainerStatus {
  readonly name: string;
  readonly imageID?: string;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly running?: object;
    readonly terminated?: { readonly exitCode: number; readonly reason?: string };
  };
}

/** A pod, as far as it is looked into here. */
export interface TestPod {
  readonly metadata: { readonly name: string; readonly creationTimestamp?: string };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message?: string;
    }[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

/** What the kubelet gives as a reason when trying again helps only after somebody has mended something. */
const HOPELESS = new Set([
  "CreateContainerConfigError",
  "CreateContainerError",
  "ErrImageNeverPull",
  "ImagePullBackOff",
  "InvalidImageName",
]);

/** What a pod is at, in words. */
export function activityOf(pod: TestPod): string {
  const { phase, conditions = [] } = pod.status ?? {};
  const scheduled = conditions.find(({ type }) => type === "PodScheduled");
  if (scheduled?.status === "False") return `waits for a node: ${scheduled.message ?? "there is none"}`;
  const waiting = statuses(pod).find(({ state }) => isTrouble(state?.waiting?.reason));
  if (waiting !== undefined) return `waits: ${troubleOf(waiting)}`;
  if (phase === "Pending") return "takes the code out of the image under test";
  return "runs the tests";
}

/** Why a pod will not start by itself; undefined: it may. */
export function startProblem(pod: TestPod): string | undefined {
  const stuck = statuses(pod).find(({ state }) => HOPELESS.has(state?.waiting?.reason ?? ""));
  return stuck === undefined ? undefined : troubleOf(stuck);
}

/** The container that failed, and why; undefined while none has. */
export function failureOf(
  pod: TestPod,
): { readonly container?: string; readonly reason: string } | undefined {
  const failed = statuses(pod).find(({ state }) => (state?.terminated?.exitCode ?? 0) !== 0);
  if (failed !== undefined) {
    const { exitCode, reason } = failed.state?.terminated ?? { exitCode: 1 };
    return { container: failed.name, reason: reasonOf(failed.name, exitCode, reason) };
  }
  const { phase, reason, message } = pod.status ?? {};
  return phase === "Failed" ? { reason: message ?? reason ?? "its pod failed without a word" } : undefined;
}

/** The digest of the image that handed its code over, as far as that is known. */
export function testedDigest(pod: TestPod): string | undefined {
  const { imageID } = pod.status?.initContainerStatuses?.find(({ name }) => name === CODE_CONTAINER) ?? {};
  return /sha256:[0-9a-f]{64}$/.exec(imageID ?? "")?.[0];
}

function reasonOf(container: string, exitCode: number, reason: string | undefined): string {
  if (reason === "OOMKilled") {
    return container === CODE_CONTAINER
      ? "the copy of the code needed too much memory"
      : "the tests needed more memory than packit:revdep.limits.memory";
  }
  return container === CODE_CONTAINER
    ? `the code could not be taken out of the image under test (exit code ${exitCode})`
    : `the tests ended with exit code ${exitCode}`;
}

function isTrouble(reason: string | undefined): boolean {
  return reason !== undefined && reason !== "PodInitializing" && reason !== "ContainerCreating";
}

function troubleOf({ name, state }: ContainerStatus): string {
  const { reason = "", message } = state?.waiting ?? {};
  return `container ${name}: ${reason}${message === undefined ? "" : `: ${message}`}`;
}

function statuses({ status }: TestPod): readonly ContainerStatus[] {
  return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
}
