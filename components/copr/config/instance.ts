import type { Endpoint } from "./addresses";

/** Redis, as its clients know it. */
export interface RedisServer extends Endpoint {
  /** @default none, which is all that the frontend can do (S8) */
  readonly password?: string | undefined;
}

/** Where built packages are kept. One choice for the frontend, the backend and the server of results (B26). */
export type Storage =
  | { readonly kind: "backend" }
  | {
      readonly kind: "pulp";
      readonly service: Endpoint;
    };

/** What one build may take. The frontend offers it, and the backend enforces it. */
export interface BuildLimits {
  /** Seconds that a build gets which asks for nothing. @default 18000 */
  readonly defaultTimeout?: number;
  /** Seconds that a build may ask for. @default 108000, thirty hours */
  readonly maxTimeout?: number;
  /** Mebibytes of memory that a build gets which asks for nothing. @default 2048 */
  readonly defaultMemory?: number;
  /** Mebibytes of memory that a build may ask for. @default 4096 */
  readonly maxMemory?: number;
}

/** The limits with their defaults. */
export function buildLimits(limits: BuildLimits = {}): Required<BuildLimits> {
  const all = {
    defaultTimeout: 18_000,
    maxTimeout: 108_000,
    defaultMemory: 2048,
    maxMemory: 4096,
    ...limits,
  };
  if (all.defaultTimeout > all.maxTimeout) {
    throw new Error(
      `builds get ${all.defaultTimeout} seconds and may ask for ${all.maxTimeout}: allow as much`,
    );
  }
  if (all.defaultMemory > all.maxMemory) {
    throw new Error(`builds get ${all.defaultMemory} MiB and may ask for ${all.maxMemory}: allow as much`);
  }
  return all;
}
