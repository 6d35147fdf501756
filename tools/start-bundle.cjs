"use strict";

/**
 * Gives what a bundle exports, made anew when a source has changed.
 *
 * @param which - Function of `program.mjs` that bundles it.
 */
module.exports = async (which, root) => {
  const bundles = await import("./program.mjs");
  return require(await bundles[which](root).catch(failPlainly));
};

/** Any other error has its stack printed, with the sources around it. */
function failPlainly({ message }) {
  const { RunError } = require("@pulumi/pulumi");
  const error = new RunError(`the sources cannot be bundled: ${message}`);
  delete error.stack;
  throw error;
}
