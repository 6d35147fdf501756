import { known } from "../cluster/known";
import type { PolicyResource, PolicyStack } from "../resource";

export const BUCKETS: readonly string[] = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

/** What else of S3 is about a bucket; a name that is not known yet counts as the bucket's. */
export function companionsOf(bucket: PolicyResource, { resources }: PolicyStack): readonly PolicyResource[] {
  const name = known(() => bucket.inputs.bucket) ?? bucket.name;
  return resources.filter(({ type, inputs }) => {
    if (!/^aws:s3\/bucket[A-Z]/.test(type)) return false;
    const about = known(() => inputs.bucket);
    return about === undefined || about === name;
  });
}

const BLOCKS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export function blocksPublicAccess({ type, inputs }: PolicyResource): boolean {
  return type.endsWith(":BucketPublicAccessBlock") && BLOCKS.every((block) => inputs[block] === true);
}

export function isVersioned({ type, inputs }: PolicyResource): boolean {
  const { versioningConfiguration } = inputs as {
    readonly versioningConfiguration?: { readonly status?: string };
  };
  return /:BucketVersioning(?:V2)?$/.test(type) && versioningConfiguration?.status === "Enabled";
}
