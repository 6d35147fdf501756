import { randomBytes, randomUUID } from "node:crypto";
import { hash } from "bcryptjs";
import { type Fields, whole } from "../frame/fields";
import type { ValueKind } from "../frame/made-once";
import type { PlainProperties } from "../frame/values";
import { drawConflicts, drawInteger, drawString } from "./draw";

/** What bcrypt's work factor is in the official plugin, so that a check of a password takes as long. */
const bcryptCost = 10;

const keepers: Fields = { keepers: { type: "map" } };

const text: Fields = {
  ...keepers,
  length: { type: "number", required: true, wrong: whole(1, 100_000) },
  lower: { type: "boolean", default: true },
  minLower: { type: "number", default: 0, wrong: whole(0) },
  minNumeric: { type: "number", default: 0, wrong: whole(0) },
  minSpecial: { type: "number", default: 0, wrong: whole(0) },
  minUpper: { type: "number", default: 0, wrong: whole(0) },
  number: { type: "boolean", default: true },
  numeric: { type: "boolean", default: true },
  overrideSpecial: { type: "string" },
  special: { type: "boolean", default: true },
  upper: { type: "boolean", default: true },
};

const password: ValueKind = {
  fields: text,
  outputs: ["result", "bcryptHash"],
  secrets: ["result", "bcryptHash"],
  conflicts: drawConflicts,
  make: async (inputs) => {
    const result = drawString(inputs);
    return { id: "none", outputs: { result, bcryptHash: await hash(result, bcryptCost) } };
  },
};

const string: ValueKind = {
  fields: text,
  outputs: ["result"],
  secrets: [],
  conflicts: drawConflicts,
  make: (inputs) => {
    const result = drawString(inputs);
    return Promise.resolve({ id: result, outputs: { result } });
  },
};

const id: ValueKind = {
  fields: {
    ...keepers,
    byteLength: { type: "number", required: true, wrong: whole(1, 100_000) },
    prefix: { type: "string" },
  },
  outputs: ["b64Std", "b64Url", "dec", "hex"],
  secrets: [],
  make: (inputs) => {
    const bytes = randomBytes(Number(inputs.byteLength));
    const prefix = typeof inputs.prefix === "string" ? inputs.prefix : "";
    const outputs = {
      b64Std: prefix + bytes.toString("base64"),
      b64Url: prefix + bytes.toString("base64url"),
      dec: prefix + BigInt(`0x${bytes.toString("hex")}`).toString(),
      hex: prefix + bytes.toString("hex"),
    };
    return Promise.resolve({ id: bytes.toString("base64url"), outputs });
  },
};

const bytes: ValueKind = {
  fields: { ...keepers, length: { type: "number", required: true, wrong: whole(1, 100_000) } },
  outputs: ["base64", "hex"],
  secrets: ["base64", "hex"],
  make: (inputs) => {
    const drawn = randomBytes(Number(inputs.length));
    return Promise.resolve({
      id: "none",
      outputs: { base64: drawn.toString("base64"), hex: drawn.toString("hex") },
    });
  },
};

const uuid: ValueKind = {
  fields: keepers,
  outputs: ["result"],
  secrets: [],
  make: () => {
    const result = randomUUID();
    return Promise.resolve({ id: result, outputs: { result } });
  },
};

const anyWhole = whole(Number.MIN_SAFE_INTEGER);

const integer: ValueKind = {
  fields: {
    ...keepers,
    min: { type: "number", required: true, wrong: anyWhole },
    max: { type: "number", required: true, wrong: anyWhole },
    seed: { type: "string" },
  },
  outputs: ["result"],
  secrets: [],
  conflicts: ({ min, max }: PlainProperties) => {
    if (typeof min !== "number" || typeof max !== "number" || min <= max) return [];
    return [{ property: "min", reason: `"min" is ${min}, above "max", which is ${max}` }];
  },
  make: ({ min, max, seed }) => {
    const result = drawInteger(Number(min), Number(max), typeof seed === "string" ? seed : undefined);
    return Promise.resolve({ id: String(result), outputs: { result } });
  },
};

/** What the stand-in for `@pulumi/random` makes, by type token. */
export const kinds: Readonly<Record<string, ValueKind>> = {
  "random:index/randomBytes:RandomBytes": bytes,
  "random:index/randomId:RandomId": id,
  "random:index/randomInteger:RandomInteger": integer,
  "random:index/randomPassword:RandomPassword": password,
  "random:index/randomString:RandomString": string,
  "random:index/randomUuid:RandomUuid": uuid,
};
