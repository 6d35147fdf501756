import { checkFields, type Fields, withDefaults } from "./fields";
import { marked } from "./marked";
import { nearest } from "./nearest";
import type { CheckFailure, DiffKind, Made, Provider } from "./provider";
import { hasUnknown, type PlainProperties, type Properties, reveal, sameValue, unknown } from "./values";

/** A kind of resource that is a value made once and kept in the engine's state, such as a password or a key. */
export interface ValueKind {
  readonly fields: Fields;
  /** The outputs beside the inputs. */
  readonly outputs: readonly string[];
  /** Inputs and outputs that are secret whatever they were made of. */
  readonly secrets: readonly string[];
  /** What is wrong with inputs that are each right, such as two that do not go together. */
  readonly conflicts?: (inputs: PlainProperties) => CheckFailure[];
  /** Makes the value; `inputs` are checked, complete and known. */
  readonly make: (inputs: PlainProperties) => Promise<{ id: string; outputs: PlainProperties }>;
  /** The output that says why this value must be made anew although its inputs stay, if so. */
  readonly outdated?: (state: PlainProperties) => string | undefined;
}

/** A provider of `kinds` by type token; such resources live in the engine's state only. */
export function madeOnce(
  about: Pick<Provider, "name" | "version" | "description">,
  kinds: Readonly<Record<string, ValueKind>>,
): Provider {
  const kindOf = (type: string): ValueKind => {
    const kind = kinds[type];
    if (kind !== undefined) return kind;
    const near = nearest(type, Object.keys(kinds));
    const hint = near === undefined ? `it has ${Object.keys(kinds).join(", ")}` : `did you mean ${near}?`;
    throw new Error(`the stand-in for the ${about.name} plugin has no ${type}; ${hint}`);
  };

  const replacing = (
    kind: ValueKind,
    request: { state: Properties; oldInputs: Properties; news: Properties },
  ) => {
    const olds = withDefaults(reveal(request.oldInputs), kind.fields);
    const news = withDefaults(reveal(request.news), kind.fields);
    const changes: Record<string, DiffKind> = {};
    for (const [name, field] of Object.entries(kind.fields)) {
      const [before, after] = [olds[name], news[name]];
      if (before === undefined && after === undefined) continue;
      if (sameValue(before, after)) continue;
      const change = before === undefined ? "add" : after === undefined ? "delete" : "update";
      changes[name] = field.inPlace === true ? change : `${change}-replace`;
    }
    const why = kind.outdated?.({ ...reveal(request.state), ...news });
    if (why !== undefined) changes[why] = "update-replace";
    return { changes };
  };

  return {
    ...about,
    checkConfig: (request) => ({ inputs: request.news, failures: [] }),
    diffConfig: () => ({ changes: {} }),
    configure: () => undefined,
    check: (request) => {
      const kind = kindOf(request.type);
      const plain = reveal(request.news);
      const failures = checkFields(plain, kind.fields);
      if (failures.length === 0) failures.push(...(kind.conflicts?.(withDefaults(plain, kind.fields)) ?? []));
      return { inputs: request.news, failures };
    },
    diff: (request) => replacing(kindOf(request.type), request),
    create: async (request): Promise<Made> => {
      const kind = kindOf(request.type);
      const inputs = withDefaults(reveal(request.inputs), kind.fields);
      if (request.preview) {
        const outputs = Object.fromEntries(kind.outputs.map((name) => [name, unknown]));
        return { id: "", state: marked(kind.secrets, request.inputs, { ...inputs, ...outputs }) };
      }
      if (hasUnknown(inputs)) throw new Error(`${request.name}: an input is still unknown`);
      const made = await kind.make(inputs);
      return { id: made.id, state: marked(kind.secrets, request.inputs, { ...inputs, ...made.outputs }) };
    },
    read: (request) => {
      if (Object.keys(request.state).length === 0) {
        throw new Error(
          `the stand-in for the ${about.name} plugin cannot import ${request.type}; let the program make a new one`,
        );
      }
      return { id: request.id, state: request.state, inputs: request.inputs };
    },
    update: (request) => {
      const kind = kindOf(request.type);
      const inputs = withDefaults(reveal(request.news), kind.fields);
      return {
        id: request.id,
        state: marked(kind.secrets, request.news, { ...reveal(request.state), ...inputs }),
      };
    },
    delete: () => undefined,
    cancel: () => undefined,
  };
}
