import Module from "node:module";

/** Node.js's own `require`, which has no type. */
interface Loader {
  _load(request: string, asker: NodeJS.Module | undefined, isMain: boolean): unknown;
}

/**
 * What the SDKs load at their start for programs of another kind (inline ones, functions that are sent to a provider,
 * charts), and the many groups of Kubernetes kinds: who asks, and for what.
 */
const LATE: readonly (readonly [asker: RegExp, request: RegExp])[] = [
  [/@pulumi\/pulumi\/index\.js$/, /^\.\/(automation|provider)$/],
  [/@pulumi\/pulumi\/runtime\/closure\//, /^(@npmcli\/arborist|normalize-package-data|\.\/v8)$/],
  [/@pulumi\/pulumi\/runtime\/closure\//, /\/typescript-shim$/],
  [/@pulumi\/kubernetes\/index\.js$/, /^\.\/(?!utilities$)/],
  [/@pulumi\/kubernetes\/[a-z]+\/index\.js$/, /^\.\/v/],
];

/** Gives those modules out as stand-ins from now on. */
export function loadWhenUsed(): void {
  const loader = Module as unknown as Loader;
  const load = loader._load.bind(loader);
  loader._load = (request, asker, isMain) => {
    const from = asker?.filename ?? "";
    const late = LATE.some(([askers, requests]) => requests.test(request) && askers.test(from));
    return late ? standIn(() => load(request, asker, isMain)) : load(request, asker, isMain);
  };
}

/** An object like the module that `load` gives, which calls it when somebody looks into it. */
export function standIn(load: () => unknown): object {
  let loaded: Record<PropertyKey, unknown> | undefined;
  const module = (): Record<PropertyKey, unknown> => (loaded ??= load() as Record<PropertyKey, unknown>);
  return new Proxy(
    {},
    {
      get: (_, name) => {
        // Compiled code asks for it first of all, to find out how to treat the default export.
        if (name === "__esModule") return true;
        if (name === "default" && module().__esModule !== true) return module();
        return module()[name];
      },
      has: (_, name) => name in module(),
    },
  );
}
