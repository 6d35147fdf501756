import { inMebibytes, quantity } from "../../platform/quantity";

/** What a builder has to build with. */
export interface BuilderMachine {
  /** Memory of the instance type, for example `4Gi`. */
  readonly memory: string;
  /** Swap, on a volume of its own. @default none */
  readonly swap?: string;
  /** The volume that the system is on. */
  readonly rootVolume: string;
  /** Memory, and swap, that build roots may fill. @default they are on the root volume */
  readonly mockTmpfs?: string;
}

/** Something about a machine, in words. */
export interface MachineFinding {
  readonly key: keyof BuilderMachine;
  readonly message: string;
}

/** Left for the system and for the build's own processes beside a tmpfs. An estimate. */
const SYSTEM_MEMORY = "1Gi";

/** What the system of a cloud image with mock and its packages takes of the root volume. An estimate. */
const SYSTEM_DISK = "6Gi";

/** Least for one build root with what is built in it. An estimate: a compiler with debug information takes as much. */
const BUILD_ROOT = "10Gi";

/** Least that the frontend promises a build. */
const BUILD_MEMORY = "2Gi";

/** Whether builds fit on a machine, or end with its memory or its disk (C25). */
export function machineFindings(machine: BuilderMachine): readonly MachineFinding[] {
  return [...memory(machine), ...disk(machine)];
}

function* memory({ memory, swap = "0", mockTmpfs }: BuilderMachine): Iterable<MachineFinding> {
  if (quantity(memory) < quantity(BUILD_MEMORY)) {
    yield {
      key: "memory",
      message: `${memory} of memory are less than the ${BUILD_MEMORY} that a build gets`,
    };
  }
  if (mockTmpfs === undefined) return;
  const room = quantity(memory) + quantity(swap) - quantity(SYSTEM_MEMORY);
  if (quantity(mockTmpfs) > room) {
    yield {
      key: "mockTmpfs",
      message:
        `a tmpfs of ${mockTmpfs} does not fit into ${memory} of memory and ${swap} of swap, of which the system ` +
        `needs ${SYSTEM_MEMORY}: set it to ${inMebibytes(Math.max(0, room))}, add swap, or leave it out`,
    };
  }
  if (quantity(mockTmpfs) < quantity(BUILD_ROOT)) {
    yield { key: "mockTmpfs", message: `a tmpfs of ${mockTmpfs} is below the ${BUILD_ROOT} of a build root` };
  }
}

function* disk({ rootVolume, mockTmpfs }: BuilderMachine): Iterable<MachineFinding> {
  const needed = quantity(SYSTEM_DISK) + (mockTmpfs === undefined ? quantity(BUILD_ROOT) : 0);
  if (quantity(rootVolume) < needed) {
    const holds = mockTmpfs === undefined ? "the system and a build root" : "the system";
    yield {
      key: "rootVolume",
      message: `a root volume of ${rootVolume} is below the ${inMebibytes(needed)} of ${holds}: enlarge it`,
    };
  }
}
