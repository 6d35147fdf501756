import { changedSettings } from "../frame/config-changes";
import { checkFields, withDefaults } from "../frame/fields";
import { marked } from "../frame/marked";
import { nearest } from "../frame/nearest";
import type { CheckRequest, CheckResult, DiffKind, Made, Provider } from "../frame/provider";
import {
  hasUnknown,
  type PlainProperties,
  type Properties,
  reveal,
  sameValue,
  textOf,
  unknown,
} from "../frame/values";
import { Api, ifThere } from "./api";
import type { Kind } from "./kind";
import { kinds } from "./kinds";
import { checkSettings, readSettings, type Settings } from "./settings";

/** The stand-in for the github plugin: repositories of a GitHub API on this machine. */
export function githubProvider(about: Pick<Provider, "name" | "version" | "description">): Provider {
  const stop = new AbortController();
  let settings: Settings | undefined;
  const api = (): Api => {
    if (settings === undefined) throw new Error("the provider has not been configured");
    if (settings.owner !== "") return new Api(settings, stop.signal);
    throw new Error("no owner is set: set github:owner, the provider's owner, or GITHUB_OWNER");
  };
  /** What stands, as GitHub has it now; inputs as the program gives them. */
  const standing = async (kind: Kind, id: string, inputs: Properties): Promise<Made> => {
    const plain = withDefaults(reveal(inputs), kind.fields);
    const live = await kind.read(api(), id, plain);
    return { id, state: marked(kind.secrets, inputs, { ...live, ...plain }) };
  };

  return {
    ...about,
    checkConfig: ({ news }) => ({ inputs: news, failures: checkSettings(reveal(news)) }),
    diffConfig: (request) => ({ changes: changedSettings(request) }),
    configure: (config, engine) => {
      settings = readSettings(reveal(config), process.env);
      engine.log("info", about.description);
    },
    check: (request) => checkInputs(kindOf(request.type), request),
    diff: ({ type, oldInputs, news }) => ({
      changes: changesOf(kindOf(type), reveal(oldInputs), reveal(news)),
      // The name of the old one is in the new one's way.
      deleteBeforeReplace: true,
    }),
    create: async ({ type, name, inputs, preview }) => {
      const kind = kindOf(type);
      const plain = withDefaults(reveal(inputs), kind.fields);
      if (preview) {
        const outputs = Object.fromEntries(kind.outputs.map((output) => [output, unknown]));
        return { id: "", state: marked(kind.secrets, inputs, { ...outputs, ...plain }) };
      }
      if (hasUnknown(plain)) throw new Error(`${name}: an input is still unknown`);
      return standing(kind, await kind.create(api(), plain), inputs);
    },
    read: async ({ type, id, state, inputs }) => {
      const kind = kindOf(type);
      const last = { ...reveal(state), ...reveal(inputs) };
      const live = await ifThere(() => kind.read(api(), id, last));
      if (live === undefined) return undefined;
      // Without inputs it is an import: all that GitHub says. What it does not say is as it was given.
      const given = reveal(inputs);
      const names = Object.keys(Object.keys(given).length === 0 ? kind.fields : given);
      const found = names.flatMap((name) => (name in live ? [[name, live[name] ?? null] as const] : []));
      const news = { ...given, ...Object.fromEntries(found) };
      return {
        id,
        state: marked(kind.secrets, inputs, { ...last, ...live }),
        inputs: marked(kind.secrets, inputs, news),
      };
    },
    update: async ({ type, id, state, news, preview }) => {
      const kind = kindOf(type);
      const plain = withDefaults(reveal(news), kind.fields);
      if (preview) return { id, state: marked(kind.secrets, news, { ...reveal(state), ...plain }) };
      await kind.update(api(), id, plain);
      return standing(kind, id, news);
    },
    delete: async ({ type, id, state }) => {
      await ifThere(() => kindOf(type).remove(api(), id, reveal(state)));
    },
    cancel: () => {
      stop.abort();
    },
  };
}

function kindOf(type: string): Kind {
  const kind = kinds[type];
  if (kind !== undefined) return kind;
  const near = nearest(type, Object.keys(kinds));
  const hint = near === undefined ? "install the official plugin for that" : `did you mean ${near}?`;
  throw new Error(`the stand-in for the github plugin has no ${type}; ${hint}`);
}

function checkInputs(kind: Kind, request: CheckRequest): CheckResult {
  const inputs: Properties = { ...request.news };
  const { named } = kind;
  if (named !== undefined && (inputs[named] ?? null) === null) {
    const last = request.olds === undefined ? "" : textOf(reveal(request.olds)[named]);
    inputs[named] = last === "" ? (request.autonaming?.proposedName ?? request.name) : last;
  }
  const plain = reveal(inputs);
  const failures = checkFields(plain, kind.fields);
  const reason = failures.length === 0 ? kind.conflicts?.(withDefaults(plain, kind.fields)) : undefined;
  return { inputs, failures: reason === undefined ? failures : [{ property: "", reason }] };
}

function changesOf(kind: Kind, before: PlainProperties, after: PlainProperties): Record<string, DiffKind> {
  const [olds, news] = [withDefaults(before, kind.fields), withDefaults(after, kind.fields)];
  const changes: Record<string, DiffKind> = {};
  for (const [name, field] of Object.entries(kind.fields)) {
    const [old, now] = [olds[name], news[name]];
    if ((old === undefined && now === undefined) || sameValue(old, now)) continue;
    const change = old === undefined ? "add" : now === undefined ? "delete" : "update";
    changes[name] = field.inPlace === true ? change : `${change}-replace`;
  }
  return changes;
}
