"use strict";

const { inspect } = require("node:util");

/**
 * Has an unexpected error printed as its stack and those of its causes. The SDK prints all that hangs on it as well,
 * in colours, which takes Node.js half a minute and gigabytes.
 */
exports.printStacksAlone = (errors = Error.prototype) => {
  Object.defineProperty(errors, inspect.custom, {
    configurable: true,
    value() {
      const stack = this.stack ?? String(this);
      return this.cause === undefined ? stack : `${stack}\ncaused by: ${inspect(this.cause)}`;
    },
  });
};
