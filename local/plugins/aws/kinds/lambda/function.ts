import { among, whole } from "../../../frame/fields";
import { Files, isProperties, type PlainProperties, sameValue, textOf } from "../../../frame/values";
import type { Api } from "../../api/client";
import { ifThere } from "../../api/error";
import { given, type Kind, textList, textMap } from "../../kind";
import { zipOf } from "./zip";

const FUNCTIONS = "/2015-03-31/functions";

/** What AWS says of a function. */
interface Configuration {
  readonly FunctionArn: string;
  readonly Description?: string;
  readonly Role: string;
  readonly Runtime: string;
  readonly Handler: string;
  readonly Architectures?: string[];
  readonly MemorySize: number;
  readonly Timeout: number;
  readonly Environment?: { readonly Variables?: Record<string, string> };
  readonly LastModified: string;
  readonly CodeSha256: string;
  readonly CodeSize: number;
  readonly Version: string;
}

/** Path of a function, by its name. */
export function functionPath(name: string): string {
  return `${FUNCTIONS}/${encodeURIComponent(name)}`;
}

async function arnOf(api: Api, name: string): Promise<string> {
  return `arn:aws:lambda:${api.region}:${await api.account()}:function:${name}`;
}

function settingsOf(inputs: PlainProperties): Record<string, unknown> {
  const { variables } = isProperties(inputs.environment) ? inputs.environment : {};
  return {
    Description: textOf(inputs.description),
    Role: textOf(inputs.role),
    Runtime: textOf(inputs.runtime),
    Handler: textOf(inputs.handler),
    MemorySize: Number(inputs.memorySize),
    Timeout: Number(inputs.timeout),
    Environment: { Variables: textMap(variables) },
  };
}

function codeOf(inputs: PlainProperties): { ZipFile: string } {
  if (!(inputs.code instanceof Files)) throw new Error("the function's code is no archive");
  return { ZipFile: zipOf(inputs.code).toString("base64") };
}

/** A program that AWS runs when it is called. */
export const lambdaFunction: Kind = {
  fields: {
    name: { type: "string" },
    description: { type: "string", inPlace: true },
    role: { type: "string", required: true, inPlace: true },
    runtime: { type: "string", required: true, inPlace: true },
    handler: { type: "string", required: true, inPlace: true },
    code: { type: "archive", required: true, inPlace: true },
    architectures: {
      type: "strings",
      default: ["x86_64"],
      inPlace: true,
      wrong: among(["x86_64", "arm64"]),
    },
    // AWS's own defaults and limits: MiB and seconds.
    memorySize: { type: "number", default: 128, inPlace: true, wrong: whole(128, 10_240) },
    timeout: { type: "number", default: 3, inPlace: true, wrong: whole(1, 900) },
    environment: { type: "object", fields: { variables: { type: "map" } }, inPlace: true },
  },
  outputs: ["arn", "codeSha256", "lastModified", "sourceCodeSize", "version"],
  named: { field: "name" },
  tag: async (api, id, set, gone) => {
    const path = `/2017-03-31/tags/${encodeURIComponent(await arnOf(api, id))}`;
    const keys = gone.map((key) => `tagKeys=${encodeURIComponent(key)}`).join("&");
    if (gone.length > 0) await api.lambda("DELETE", `${path}?${keys}`);
    if (Object.keys(set).length > 0) await api.lambda("POST", path, { Tags: set });
  },
  create: async (api, inputs) => {
    const id = textOf(inputs.name);
    await api.lambda("POST", FUNCTIONS, {
      FunctionName: id,
      ...settingsOf(inputs),
      Code: codeOf(inputs),
      Architectures: textList(inputs.architectures),
      Tags: textMap(inputs.tagsAll),
    });
    return { id };
  },
  read: async (api, id) => {
    const found = await ifThere(() => api.lambda("GET", functionPath(id)));
    if (found === undefined) return undefined;
    const function_ = found.Configuration as Configuration;
    const description = given(function_.Description);
    const variables = function_.Environment?.Variables ?? {};
    return {
      name: id,
      ...(description !== undefined && { description }),
      role: function_.Role,
      runtime: function_.Runtime,
      handler: function_.Handler,
      architectures: function_.Architectures ?? ["x86_64"],
      memorySize: function_.MemorySize,
      timeout: function_.Timeout,
      ...(Object.keys(variables).length > 0 && { environment: { variables } }),
      arn: function_.FunctionArn,
      codeSha256: function_.CodeSha256,
      lastModified: function_.LastModified,
      sourceCodeSize: function_.CodeSize,
      version: function_.Version,
      tagsAll: (found.Tags ?? {}) as Record<string, string>,
    };
  },
  update: async (api, id, olds, news) => {
    const isOther = (name: string): boolean => !sameValue(olds[name], news[name]);
    if (isOther("code") || isOther("architectures")) {
      const Architectures = textList(news.architectures);
      await api.lambda("PUT", `${functionPath(id)}/code`, { ...codeOf(news), Architectures });
    }
    await api.lambda("PUT", `${functionPath(id)}/configuration`, settingsOf(news));
  },
  remove: async (api, id) => {
    await api.lambda("DELETE", functionPath(id));
  },
};
