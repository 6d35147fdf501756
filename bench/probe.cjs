"use strict";

// Loaded into a program by NODE_OPTIONS: notes when the program's process began and when the engine had answered its
// last registration, and writes the seconds in between into the file that BENCH_PROBE names.
const { writeFileSync } = require("node:fs");
const Module = require("node:module");
const { performance } = require("node:perf_hooks");

if (/@pulumi[\\/]pulumi[\\/]cmd[\\/]run([\\/]|$)/.test(process.argv[1] ?? "")) {
  const load = Module._load;
  const watched = new WeakSet();
  let last;
  Module._load = (request, ...rest) => {
    const loaded = load.call(Module, request, ...rest);
    if (request.endsWith("resource_grpc_pb") && !watched.has(loaded)) {
      watched.add(loaded);
      watch(loaded.ResourceMonitorClient.prototype);
    }
    return loaded;
  };

  const watch = (client) => {
    const { registerResource } = client;
    client.registerResource = function (...args) {
      const answer = args.pop();
      return registerResource.call(this, ...args, (...answered) => {
        last = performance.now();
        answer(...answered);
      });
    };
  };

  process.on("exit", () => {
    if (last !== undefined) writeFileSync(process.env.BENCH_PROBE, String(last / 1000));
  });
}
