// The engine loads a pack without a way to pass options to Node, so TypeScript is switched on here.
require("tsx/cjs");
require("./index.ts");
