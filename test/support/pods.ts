import type * as k8s from "@pulumi/kubernetes";

import type { Stack } from "./mocks";

type PodSpec = k8s.types.output.core.v1.PodSpec;
type Container = k8s.types.output.core.v1.Container;
type Volume = k8s.types.output.core.v1.Volume;

/** The one pod that a Deployment makes, with its one container. */
export class Pod {
  readonly spec: PodSpec;
  readonly container: Container;

  constructor(stack: Stack, deployment: string) {
    this.spec = stack.object("Deployment", deployment).spec.template.spec;
    const [container] = this.spec.containers;
    if (container === undefined) throw new Error(`${deployment} has no container`);
    this.container = container;
  }

  /** Paths that the container may write to. */
  get writablePaths(): string[] {
    const writable = this.container.volumeMounts.filter((mount) => !mount.readOnly);
    return writable.map((mount) => mount.mountPath);
  }

  get mountPaths(): string[] {
    return this.container.volumeMounts.map((mount) => mount.mountPath);
  }

  /** The volume mounted at a path. */
  volumeAt(path: string): Volume | undefined {
    const mount = this.container.volumeMounts.find((candidate) => candidate.mountPath === path);
    return this.spec.volumes.find((volume) => volume.name === mount?.name);
  }

  /** Variables by name: the text, or `secret/key`. */
  get environment(): Record<string, string> {
    return Object.fromEntries(
      this.container.env.map(({ name, value, valueFrom }) => {
        // The types say that both are always there.
        const reference = (valueFrom as typeof valueFrom | undefined)?.secretKeyRef;
        return [name, reference === undefined ? value : `${reference.name}/${reference.key}`];
      }),
    );
  }
}
