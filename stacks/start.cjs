"use strict";

const { dirname } = require("node:path");

// For a language host that does not know of `nodeargs`.
require("./start/index.cjs");

/** What the engine starts: the program as one file, which loads several times faster than its sources. */
module.exports = async () => {
  const root = dirname(module.path);
  const program = await require("../tools/start-bundle.cjs")("bundleProgram", root);
  return program.main(root);
};
