import { nearest } from "../frame/nearest";

/** Types of the package that are no objects of a cluster. */
const others = /^kubernetes:(helm|kustomize|yaml)\b/;

/** The group, version and kind of a type token. */
export interface TokenKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What `kubernetes:<group/version>:<Kind>` stands for; the group of the oldest kinds is called `core`. */
export function parseToken(token: string): TokenKind {
  const [, groupVersion = "", kind = ""] = token.split(":");
  if (others.test(token)) {
    throw new Error(
      `the stand-in for the kubernetes plugin has no ${token}: it has plain objects only, no charts and no files; ` +
        `install the official plugin for that`,
    );
  }
  if (!/^[A-Z]\w*$/.test(kind) || !groupVersion.includes("/")) {
    throw new Error(`"${token}" is no kind of Kubernetes object; they read kubernetes:apps/v1:Deployment`);
  }
  if (/(?:List|Patch)$/.test(kind)) {
    const single = kind.replace(/(?:List|Patch)$/, "");
    throw new Error(
      `the stand-in for the kubernetes plugin has no ${token}: it makes single whole objects; use ${single}, ` +
        `or install the official plugin`,
    );
  }
  return { apiVersion: groupVersion.replace(/^core\//, ""), kind };
}

/** What to say of a kind that the API server does not serve. */
export function unservedKind({ apiVersion, kind }: TokenKind, served: readonly string[]): string {
  const near = nearest(kind, served);
  const hint =
    near === undefined
      ? "install its CustomResourceDefinition first"
      : `did you mean ${near} of ${apiVersion}?`;
  return `the API server does not serve the kind ${kind} of ${apiVersion}; ${hint}`;
}
