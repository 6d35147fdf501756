"use strict";

const Module = require("node:module");

/**
 * What the SDKs load at their start for programs of another kind (inline ones, functions that are sent to a provider,
 * charts), for tracing, and for the many groups of Kubernetes kinds: who asks, for what, and which of its functions
 * can be answered without it.
 */
const LATE = [
  { asker: /@pulumi\/pulumi\/index\.js$/, request: /^\.\/(automation|provider)$/ },
  { asker: /@pulumi\/pulumi\/cmd\/run\/tracing\.js$/, request: /^@opentelemetry\/(?!api$)/ },
  {
    asker: /@pulumi\/pulumi\/cmd\/run\/index\.js$/,
    request: /\/closure\/v8Hooks$/,
    // It attaches a debugger, for reading functions.
    known: { isInitializedAsync: () => Promise.resolve() },
  },
  {
    asker: /@pulumi\/pulumi\/runtime\/closure\//,
    request: /^(@npmcli\/arborist|normalize-package-data|\.\/v8|.*\/typescript-shim)$/,
  },
  { asker: /@pulumi\/kubernetes\/index\.js$/, request: /^\.\/(?!utilities$)/ },
  { asker: /@pulumi\/kubernetes\/[a-z]+\/index\.js$/, request: /^\.\/v/ },
];

/** Gives those modules out as stand-ins from now on. */
exports.loadWhenUsed = () => {
  const load = Module._load;
  Module._load = (request, asker, isMain) => {
    const real = () => load.call(Module, request, asker, isMain);
    const from = asker?.filename ?? "";
    const late = LATE.find((entry) => entry.request.test(request) && entry.asker.test(from));
    return late === undefined ? real() : standIn(real, late.known);
  };
};

/** An object like the module that `load` gives, which calls it when somebody looks into what is not `known`. */
function standIn(load, known = {}) {
  let loaded;
  const module = () => (loaded ??= load());
  return new Proxy(
    {},
    {
      get: (_, name) => {
        // Compiled code asks for it first of all, to find out how to treat the default export.
        if (name === "__esModule") return true;
        if (Object.hasOwn(known, name)) return known[name];
        if (name === "default" && module().__esModule !== true) return module();
        return module()[name];
      },
      has: (_, name) => name in known || name in module(),
    },
  );
}

exports.standIn = standIn;
