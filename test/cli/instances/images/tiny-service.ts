/** Builds an image that holds nothing but news. */
const NEWS = "FROM scratch\nCOPY news /news\n";

/** Builds one on a system that `writeTinySystem` has laid out, in which programs run. */
export const SYSTEM = "FROM scratch\nCOPY system/ /\nCOPY news /news\n";

/** Fails after some lines. */
export const FAILING = `FROM scratch
COPY system/ /
RUN for i in 1 2 3; do echo "line $i"; done; echo "no such package" >&2; exit 3
`;

/** Code of packit-service, as far as images are made of it. */
export function tinyService(dockerfile = NEWS): Readonly<Record<string, string>> {
  return {
    news: "first",
    "files/docker/Dockerfile": dockerfile,
    "files/docker/Dockerfile.worker": dockerfile,
  };
}
