"use strict";

/**
 * Keeps the SDK's own debug messages here: it sends several for each resource to the engine, one after the other,
 * which nearly always throws them away. Messages of other kinds are not touched.
 */
exports.dropDebugMessages = () => {
  require("@pulumi/pulumi/log").debug = () => Promise.resolve();
};
