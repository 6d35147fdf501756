/** The tag that says to which stack something in AWS belongs. */
export interface StackTag {
  readonly key: string;
  /** Unique within an account, for example `organization/packit/copr-stg`. */
  readonly value: string;
}

/** The key that every builder, its volumes and everything made for it carry. */
export const STACK_TAG_KEY = "copr-stack";

/**
 * What a value may hold. AWS takes more, but `*`, `?` and `\` are wildcards in EC2's filters, `$` begins a variable in
 * policies, `resalloc-aws-new` cuts a value at its second `=`, and the shell splits at blanks.
 */
const VALUE = /^[A-Za-z0-9][A-Za-z0-9._/:@+-]{0,255}$/;

/**
 * The tag of a stack.
 *
 * @throws Error when AWS, its filters or resalloc's scripts would read the value as something else.
 */
export function stackTag(value: string): StackTag {
  if (!VALUE.test(value)) {
    throw new Error(
      `${JSON.stringify(value)} cannot be a stack's tag: use letters, digits and . _ / : @ + - only, 256 at most`,
    );
  }
  return { key: STACK_TAG_KEY, value };
}
