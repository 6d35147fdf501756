import type { BaseImage } from "./model";

const WHEELS = "/var/tmp/packages";

/**
 * Containerfile that installs packages on top of an image. What comes from outside is never read by a shell.
 *
 * The packages replace what is there, whatever its version; then what they need beyond it is added. An image may have
 * them from RPMs, which pip leaves in place and Python finds second.
 */
export function containerfileOf(packages: readonly string[], { reference, user = "0" }: BaseImage): string {
  const fetch = ["pip3", "wheel", "--no-cache-dir", "--no-deps", `--wheel-dir=${WHEELS}`, ...packages];
  return [
    `FROM ${reference}`,
    "USER 0",
    `RUN ${JSON.stringify(fetch)}`,
    `RUN pip3 install --no-cache-dir --no-deps --force-reinstall ${WHEELS}/*.whl \\`,
    `    && pip3 install --no-cache-dir ${WHEELS}/*.whl \\`,
    `    && rm -r ${WHEELS}`,
    `USER ${user}`,
    "",
  ].join("\n");
}
