import { changedSettings } from "../frame/config-changes";
import { checkFields } from "../frame/fields";
import { marked } from "../frame/marked";
import { nearest } from "../frame/nearest";
import { type CheckRequest, type CheckResult, type Made, NotReady, type Provider } from "../frame/provider";
import {
  hasUnknown,
  isProperties,
  type PlainProperties,
  type Properties,
  reveal,
  Secret,
  textOf,
  unknown,
  type Value,
} from "../frame/values";
import { Api } from "./api/client";
import { ifThere } from "./api/error";
import { deletesFirst, diffInputs, liveInputs, madeUp, stateOf } from "./change";
import { functions } from "./functions";
import { fieldsOf, filled, type Kind, textMap } from "./kind";
import { kinds } from "./kinds";
import { madeUpName } from "./names";
import { checkSettings, readSettings, type Settings } from "./settings";

/** The stand-in for the aws plugin: resources of an AWS API server on this machine. */
export function awsProvider(about: Pick<Provider, "name" | "version" | "description">): Provider {
  const stop = new AbortController();
  let settings: Settings | undefined;
  const configured = (): Settings => {
    if (settings === undefined) throw new Error("the provider has not been configured");
    return settings;
  };
  const apiFor = (inputs: PlainProperties): Api => {
    const region = textOf(inputs.region) || configured().region;
    if (region !== "") return new Api(configured(), region, stop.signal);
    throw new Error("no AWS region is set: set aws:region, the provider's region, or AWS_REGION");
  };
  const known = <T>(found: T | undefined, token: string, all: Readonly<Record<string, T>>): T => {
    if (found !== undefined) return found;
    const near = nearest(token, Object.keys(all));
    const hint = near === undefined ? "install the official plugin for that" : `did you mean ${near}?`;
    throw new Error(`the stand-in for the aws plugin has no ${token}; ${hint}`);
  };
  const kindOf = (type: string): Kind => known(kinds[type], type, kinds);

  /** What stands, as AWS has it now. */
  const standing = async (
    kind: Kind,
    id: string,
    inputs: Properties,
    last: PlainProperties,
    outputs: PlainProperties = {},
  ): Promise<Made> => {
    const plain = filled(reveal(inputs), fieldsOf(kind));
    const state = { ...last, ...outputs };
    const live = await kind.read(apiFor(plain), id, { ...state, ...plain });
    if (live === undefined) throw new Error("AWS does not have what it has just made");
    return { id, state: marked(kind.secrets ?? [], inputs, stateOf(kind, plain, { ...outputs, ...live })) };
  };

  return {
    ...about,
    checkConfig: ({ news }) => ({ inputs: news, failures: checkSettings(reveal(news)) }),
    diffConfig: (request) => ({ changes: changedSettings(request) }),
    configure: async (config, engine) => {
      settings = readSettings(reveal(config), process.env);
      engine.log("info", about.description);
      const { allowedAccounts: allowed } = settings;
      const account = allowed.length === 0 ? "" : await apiFor({}).account();
      if (account !== "" && !allowed.includes(account)) {
        throw new Error(`the keys belong to account ${account}, and only ${allowed.join(", ")} is allowed`);
      }
    },
    check: (request) => checkInputs(kindOf(request.type), request, settings),
    diff: ({ type, oldInputs, news }) => {
      const [kind, before, after] = [kindOf(type), reveal(oldInputs), reveal(news)];
      return {
        changes: diffInputs(kind, before, after),
        deleteBeforeReplace: deletesFirst(kind, before, after),
      };
    },
    create: async ({ type, name, inputs, preview }): Promise<Made> => {
      const kind = kindOf(type);
      const complete = filled(reveal(inputs), fieldsOf(kind));
      if (preview) {
        const outputs = Object.fromEntries(kind.outputs.map((output) => [output, unknown]));
        return { id: "", state: marked(kind.secrets ?? [], inputs, { ...outputs, ...complete }) };
      }
      if (hasUnknown(complete)) throw new Error(`${name}: an input is still unknown`);
      const { id, outputs } = await kind.create(apiFor(complete), complete);
      try {
        return await standing(kind, id, inputs, complete, outputs);
      } catch (error) {
        const made = { id, state: marked(kind.secrets ?? [], inputs, { ...complete, ...outputs }) };
        throw new NotReady(`${name} was made but cannot be read`, made, inputs, [String(error)]);
      }
    },
    read: async ({ type, id, state, inputs }) => {
      const kind = kindOf(type);
      const last = reveal(state);
      const plain = reveal(inputs);
      const api = apiFor({ ...last, ...plain });
      const live = await ifThere(() => kind.read(api, id, last));
      if (live === undefined) return undefined;
      const { defaultTags } = configured();
      const found = { ...(kind.global === true ? {} : { region: api.region }), ...live };
      const news = liveInputs(kind, plain, found, defaultTags);
      return {
        id,
        state: marked(kind.secrets ?? [], inputs, stateOf(kind, news, { ...last, ...found })),
        inputs: marked([], inputs, news),
      };
    },
    update: async ({ type, id, state, oldInputs, news, preview }) => {
      const kind = kindOf(type);
      const [olds, complete] = [reveal(oldInputs), filled(reveal(news), fieldsOf(kind))];
      const last = reveal(state);
      if (preview) return { id, state: marked(kind.secrets ?? [], news, { ...last, ...complete }) };
      const api = apiFor(complete);
      const changed = Object.keys(diffInputs(kind, olds, complete));
      if (changed.some((name) => !name.startsWith("tags"))) {
        await kind.update?.(api, id, { ...last, ...filled(olds, fieldsOf(kind)) }, complete);
      }
      const [before, after] = [textMap(olds.tagsAll), textMap(complete.tagsAll)];
      const set = Object.entries(after).filter(([key, value]) => before[key] !== value);
      const gone = Object.keys(before).filter((key) => !(key in after));
      if (set.length + gone.length > 0) await kind.tag?.(api, id, Object.fromEntries(set), gone);
      const kept = Object.fromEntries(
        (kind.secrets ?? []).flatMap((name) => (name in last ? [[name, last[name] ?? null]] : [])),
      );
      return await standing(kind, id, news, last, kept);
    },
    delete: async ({ type, id, state }) => {
      const last = reveal(state);
      await ifThere(() => kindOf(type).remove(apiFor(last), id, last));
    },
    invoke: async ({ token, args }) => {
      const { fields, answer } = known(functions[token], token, functions);
      const plain = filled(reveal(args), fields);
      const failures = checkFields(reveal(args), fields);
      return failures.length > 0
        ? { result: {}, failures }
        : { result: await answer(apiFor(plain), plain), failures };
    },
    cancel: () => {
      stop.abort();
    },
  };
}

function checkInputs(kind: Kind, request: CheckRequest, settings: Settings | undefined): CheckResult {
  const fields = fieldsOf(kind);
  const given = Object.fromEntries(Object.entries(request.news).filter(([name]) => name !== madeUp));
  const plain = reveal(given);
  const failures = checkFields(plain, fields);
  const inputs: Properties = { ...given };
  const name = madeUpName(kind, request, plain);
  if (name !== undefined && kind.named !== undefined) {
    inputs[kind.named.field] = name;
    inputs[madeUp] = [kind.named.field];
  } else if (kind.named !== undefined && (plain[kind.named.field] ?? null) === null) {
    failures.push({
      property: kind.named.field,
      reason: `"${kind.named.field}" is required without autonaming`,
    });
  }
  if (kind.global !== true && settings !== undefined && settings.region !== "")
    inputs.region ??= settings.region;
  if (kind.tag !== undefined) inputs.tagsAll = allTags(given.tags ?? {}, settings?.defaultTags ?? {});
  if (failures.length === 0) {
    const reasons = kind.conflicts?.(filled(plain, fields)) ?? [];
    failures.push(...reasons.map((reason) => ({ property: "", reason })));
  }
  return { inputs, failures };
}

function allTags(tags: Value, defaults: Readonly<Record<string, string>>): Value {
  if (tags instanceof Secret) return new Secret(allTags(tags.value, defaults));
  return isProperties(tags) ? { ...defaults, ...tags } : tags;
}
