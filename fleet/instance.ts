/** States in which an instance costs something, or will again. */
export const ALIVE = ["pending", "running", "stopping", "stopped"] as const;

/** All states but the last: what is on its way out still holds its security group. */
export const THERE = [...ALIVE, "shutting-down"] as const;

/** An instance of EC2, as far as it matters to who ends it. */
export interface Instance {
  readonly id: string;
  /** `pending`, `running`, `stopping`, `stopped`, `shutting-down` or `terminated`. */
  readonly state: string;
  /** When it was first there. */
  readonly since: Date;
  readonly tags: ReadonlyMap<string, string>;
}

/** Whether it costs something. */
export function isAlive({ state }: Instance): boolean {
  return (ALIVE as readonly string[]).includes(state);
}
