/** One statement of a policy of IAM. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  /** ARNs; a trust policy has none. */
  readonly Resource?: readonly string[];
  readonly Principal?: Readonly<Record<string, string>>;
  /** Operator, then condition key. All have to hold. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy of IAM, as its JSON has it. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** A policy of these statements. */
export function policy(...statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** Where the things that a policy names are. */
export interface Place {
  /** `aws`, or `aws-cn` and `aws-us-gov` where AWS is apart. */
  readonly partition: string;
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
}

/** ARN of something of EC2 that the account owns, for example `instance/*`. */
export function ec2Arn({ partition, region, account }: Place, what: string): string {
  return `arn:${partition}:ec2:${region}:${account}:${what}`;
}

/** ARN of an image or a snapshot, which have no account in theirs. */
export function sharedArn({ partition, region }: Place, what: string): string {
  return `arn:${partition}:ec2:${region}::${what}`;
}
