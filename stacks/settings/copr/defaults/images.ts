import type { WrittenCoprSettings } from "../schema";

/** Images of a stack whose file says nothing; production has to pin each (C20). */
export function coprImageDefaults(): WrittenCoprSettings["images"] {
  const copr = (name: string) => ({ source: `quay.io/copr/${name}:test` });
  return {
    frontend: copr("frontend"),
    backend: copr("backend"),
    // The old one was nginx 1.20 on CentOS 7 (C21).
    results: { source: "quay.io/nginx/nginx-unprivileged:1.29" },
    distGit: copr("distgit"),
    keygen: copr("keygen"),
    resalloc: copr("resalloc"),
    // The one of all programs together runs as root (S15). There is a tag for each release of pulpcore that Pulp
    // supports, made anew with its corrections (pulp-oci-images, "Release an Image"), of which 3.85 is one (its #771).
    pulp: { source: "quay.io/pulp/pulp-minimal:3.85" },
  };
}
