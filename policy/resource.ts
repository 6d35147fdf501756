/** A resource as rules see it: what the engine is asked to make, before it does. */
export interface PolicyResource {
  /** Type token, for example `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  /** Name within the stack. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Whether the engine refuses to delete it. */
  readonly protect: boolean;
}

/** Thrown by a field whose value is known only after other resources have been made. */
export class UnknownValue extends Error {
  constructor() {
    super("this value is not known yet");
  }
}
