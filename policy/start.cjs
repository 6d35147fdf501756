"use strict";

const { dirname } = require("node:path");

// It needs no more of Pulumi's SDK than the program does.
require("../stacks/start/index.cjs");

/** What the engine starts with `--policy-pack`: the rules as one file, as the program is. */
module.exports = () => require("../tools/start-bundle.cjs")("bundlePack", dirname(module.path));
