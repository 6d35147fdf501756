"use strict";

const { dirname } = require("node:path");

// For a language host that does not know of `nodeargs`.
require("./start/index.cjs");

/** What the engine starts: the program as one file, which loads several times faster than its sources. */
module.exports = async () => {
  const root = dirname(module.path);
  const { bundleProgram } = await import("../tools/program.mjs");
  return require(await bundleProgram(root).catch(failPlainly)).main(root);
};

/** Any other error has its stack printed, with the sources around it. */
function failPlainly({ message }) {
  const { RunError } = require("@pulumi/pulumi");
  const error = new RunError(`the program cannot be bundled: ${message}`);
  delete error.stack;
  throw error;
}
