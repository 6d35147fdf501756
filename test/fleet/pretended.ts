import type { Clock } from "../../fleet/clock";
import type { Fleet, Refusal } from "../../fleet/ec2";
import type { Instance } from "../../fleet/instance";
import { OWN } from "./look-alikes";

/** How EC2 misbehaves. */
export interface Manners {
  /** Looks until an instance shows up, by its id. */
  readonly shownAfter?: Readonly<Record<string, number>>;
  /** Looks until an ended instance is gone. @default 1 */
  readonly goneAfter?: number;
  /** Ids that it does not terminate. */
  readonly protected?: readonly string[];
  /** Answers to the question for the right. */
  readonly unauthorized?: boolean;
}

/** Instances of the stack that behave as EC2's do, and a clock that does not wait. */
export class Pretended implements Fleet {
  /** What was asked, apart from looks. */
  readonly asked: string[] = [];
  readonly clock: Clock;
  private looks = 0;
  private seconds = 0;
  private readonly endedAt = new Map<string, number>();

  constructor(
    private readonly ids: readonly string[],
    private readonly manners: Manners = {},
  ) {
    this.clock = {
      now: () => new Date(Date.UTC(2026, 0, 1) + this.seconds * 1000),
      sleep: (seconds) => {
        this.seconds += seconds;
        return Promise.resolve();
      },
    };
  }

  list(): Promise<Instance[]> {
    this.looks += 1;
    const { shownAfter = {}, goneAfter = 1 } = this.manners;
    const shown = this.ids.filter((id) => this.looks > (shownAfter[id] ?? 0));
    const there = shown.filter((id) => this.looks <= (this.endedAt.get(id) ?? Infinity) + goneAfter);
    return Promise.resolve(
      there.map((id) => ({
        id,
        state: this.endedAt.has(id) ? "shutting-down" : "running",
        since: new Date(Date.UTC(2026, 0, 1) - 60_000),
        tags: new Map([[OWN.key, OWN.value]]),
      })),
    );
  }

  mayTerminate(ids: readonly string[]): Promise<void> {
    this.asked.push(`may ${ids.join()}`);
    return this.manners.unauthorized === true
      ? Promise.reject(new Error("UnauthorizedOperation: You are not authorized"))
      : Promise.resolve();
  }

  terminate(ids: readonly string[]): Promise<Refusal[]> {
    this.asked.push(`end ${ids.join()}`);
    const kept = ids.filter((id) => this.manners.protected?.includes(id));
    for (const id of ids) if (!kept.includes(id)) this.endedAt.set(id, this.looks);
    return Promise.resolve(kept.map((id) => ({ id, reason: "OperationNotPermitted" })));
  }
}
