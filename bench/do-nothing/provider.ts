import type { DiffKind, Provider } from "../../local/plugins/frame/provider";
import { type Properties, reveal, sameValue } from "../../local/plugins/frame/values";

/**
 * A plugin that answers at once with what it was asked, and touches nothing. What a command takes with it is the
 * engine's and the program's own share.
 */
export function doNothing(name: string, version: string): Provider {
  return {
    name,
    version,
    description: "answers at once and does nothing: for measuring the engine",
    checkConfig: ({ news }) => ({ inputs: news, failures: [] }),
    diffConfig: () => ({ changes: {} }),
    configure: () => undefined,
    check: ({ news }) => ({ inputs: news, failures: [] }),
    diff: ({ oldInputs, news }) => ({ changes: changedFields(oldInputs, news) }),
    create: (request) => ({ id: request.preview ? "" : request.name, state: request.inputs }),
    read: ({ id, state, inputs }) => ({ id, state, inputs }),
    update: ({ id, news }) => ({ id, state: news }),
    delete: () => undefined,
    cancel: () => undefined,
  };
}

/** The top-level fields that differ; secrets are compared too, an unknown value counts as a change. */
function changedFields(before: Properties, after: Properties): Record<string, DiffKind> {
  const [olds, news] = [reveal(before), reveal(after)];
  const names = new Set([...Object.keys(olds), ...Object.keys(news)]);
  return Object.fromEntries(
    [...names].filter((name) => !sameValue(olds[name], news[name])).map((name) => [name, "update" as const]),
  );
}
