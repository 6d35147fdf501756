/** What the AWS API server refused. */
export class AwsError extends Error {
  constructor(
    /** AWS's own name for it, such as `InvalidGroup.NotFound`. */
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }

  /** Whether it says that what was asked for is not there. */
  get isGone(): boolean {
    return /NotFound|^NoSuchEntity/.test(this.code);
  }
}

/** What `work` gives; undefined where AWS says that it is not there. */
export async function ifThere<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AwsError && error.isGone) return undefined;
    throw error;
  }
}
