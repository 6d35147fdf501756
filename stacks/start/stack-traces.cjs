"use strict";

/**
 * Takes no stack at thousands of the SDK's calls, and maps none to its source: those for telling where a promise
 * leaked, and the source positions in the state, which nobody reads here.
 */
exports.spareStacks = () => {
  const debuggable = require("@pulumi/pulumi/runtime/debuggable");
  debuggable.debuggablePromise = withoutStack(debuggable.debuggablePromise);
  const { Resource } = require("@pulumi/pulumi/resource");
  Resource.callsites = () => [];
};

/** The same function, where errors that it makes have no frames. */
function withoutStack(call) {
  return (...args) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return call(...args);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}

exports.withoutStack = withoutStack;
