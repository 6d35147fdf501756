import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";

/**
 * The provider for somebody's repositories. It takes the token from `GITHUB_TOKEN` whenever it is at work, so the state
 * never has one, and deleting goes by the token of whoever deletes.
 */
export function githubProvider(
  name: string,
  owner: string,
  opts: pulumi.ResourceOptions = {},
): github.Provider {
  return new github.Provider(name, { owner }, pulumi.mergeOptions(opts, { transformations: [withoutToken] }));
}

/** The library reads `GITHUB_TOKEN` itself and would write it into the state, in plain text. */
function withoutToken({
  props,
  opts,
}: pulumi.ResourceTransformationArgs): pulumi.ResourceTransformationResult {
  return { props: { ...props, token: undefined }, opts };
}
