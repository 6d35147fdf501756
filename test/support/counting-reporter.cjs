"use strict";

const { writeFileSync } = require("node:fs");
const { reporters } = require("mocha");

/** The usual report, and at the end the counts in the file that `COUNTS_FILE` names. */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    runner.on("pending", (test) => skipped.push(test.fullTitle()));
    runner.once("end", () => {
      const { passes, failures } = this.stats;
      writeFileSync(process.env.COUNTS_FILE, JSON.stringify({ passed: passes, failed: failures, skipped }));
    });
  }
};
