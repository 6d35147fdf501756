import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { fromStruct, toStruct } from "./marshal";
import type {
  Autonaming,
  CheckFailure,
  CheckRequest,
  CheckResult,
  DiffKind,
  DiffRequest,
  DiffResult,
  InvokeResult,
} from "./provider";

const modes = ["propose", "enforce", "disable"] as const;

const kinds: Record<DiffKind, proto.PropertyDiff.Kind> = {
  add: proto.PropertyDiff.Kind.ADD,
  "add-replace": proto.PropertyDiff.Kind.ADD_REPLACE,
  delete: proto.PropertyDiff.Kind.DELETE,
  "delete-replace": proto.PropertyDiff.Kind.DELETE_REPLACE,
  update: proto.PropertyDiff.Kind.UPDATE,
  "update-replace": proto.PropertyDiff.Kind.UPDATE_REPLACE,
};

/** The resource that a message of the engine is about. */
export function target(message: { getUrn(): string; getType(): string; getName(): string }): {
  urn: string;
  type: string;
  name: string;
} {
  const urn = message.getUrn();
  // Older engines send the URN alone: urn:pulumi:<stack>::<project>::<parents$type>::<name>.
  const [, , types = "", ...names] = urn.split("::");
  return {
    urn,
    type: message.getType() || (types.split("$").at(-1) ?? ""),
    name: message.getName() || names.join("::"),
  };
}

/** The engine's check request in plain terms. */
export function checkRequest(message: proto.CheckRequest): CheckRequest {
  const olds = message.getOlds();
  return {
    ...target(message),
    olds: olds === undefined ? undefined : fromStruct(olds),
    news: fromStruct(message.getNews()),
    randomSeed: message.getRandomseed_asU8(),
    autonaming: autonaming(message.getAutonaming()),
  };
}

function autonaming(options: proto.CheckRequest.AutonamingOptions | undefined): Autonaming | undefined {
  if (options === undefined) return undefined;
  return { proposedName: options.getProposedName(), mode: modes[options.getMode()] };
}

/** The engine's message for a check's result. */
export function checkResponse(result: CheckResult): proto.CheckResponse {
  const message = new proto.CheckResponse();
  message.setInputs(toStruct(result.inputs));
  message.setFailuresList(failureList(result.failures));
  return message;
}

/** The engine's message for a function's result. */
export function invokeResponse({ result, failures }: InvokeResult): proto.InvokeResponse {
  const message = new proto.InvokeResponse();
  message.setReturn(toStruct(result));
  message.setFailuresList(failureList(failures));
  return message;
}

function failureList(failures: readonly CheckFailure[]): proto.CheckFailure[] {
  return failures.map(({ property, reason }) => {
    const failure = new proto.CheckFailure();
    failure.setProperty(property);
    failure.setReason(reason);
    return failure;
  });
}

/** The engine's diff request in plain terms. */
export function diffRequest(message: proto.DiffRequest): DiffRequest {
  return {
    ...target(message),
    id: message.getId(),
    state: fromStruct(message.getOlds()),
    oldInputs: fromStruct(message.getOldInputs()),
    news: fromStruct(message.getNews()),
    ignoreChanges: message.getIgnorechangesList(),
  };
}

/** The engine's message for a diff's result. */
export function diffResponse(result: DiffResult): proto.DiffResponse {
  const message = new proto.DiffResponse();
  const changes = Object.entries(result.changes);
  const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
  message.setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE);
  message.setHasdetaileddiff(true);
  message.setDeletebeforereplace(result.deleteBeforeReplace ?? false);
  const roots = new Set<string>();
  const replaces: string[] = [];
  for (const [path, kind] of changes) {
    roots.add(/^[^.[]+/.exec(path)?.[0] ?? path);
    if (kind.endsWith("-replace")) replaces.push(path);
    const diff = new proto.PropertyDiff();
    diff.setKind(kinds[kind]);
    diff.setInputdiff(true);
    message.getDetaileddiffMap().set(path, diff);
  }
  message.setDiffsList([...roots]);
  message.setReplacesList(replaces);
  return message;
}
