import { awsApi } from "./aws-api";

/** A bucket of a store on this machine that checks signatures, as AWS does. */
export interface S3Store {
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Puts objects by their keys, past the checks. */
  put(objects: Readonly<Record<string, Uint8Array | string>>): Promise<void>;
  /** Keys of all objects, sorted. */
  keys(): Promise<string[]>;
  /** An object's content. */
  get(key: string): Promise<Buffer>;
  /** How many uploads were begun and neither finished nor given up. */
  openUploads(): Promise<number>;
}

/**
 * Gives the tests of a `describe` a store. Where it cannot be installed they are skipped, and with `CI=true` they
 * fail.
 */
export function s3Store(bucket: string): () => S3Store {
  const endpoint = awsApi();
  let store: S3Store | undefined;
  before("makes a bucket", async () => {
    store = await prepare(endpoint(), bucket);
  });
  return () => {
    if (store === undefined) throw new Error("the store is there for tests and hooks only");
    return store;
  };
}

async function prepare(endpoint: string, bucket: string): Promise<S3Store> {
  const control = (what: string, body = "") =>
    fetch(`${endpoint}/moto-api/${what}`, { method: "POST", body });
  await fetch(`${endpoint}/${bucket}`, { method: "PUT" });
  await iam(endpoint, { Action: "CreateUser", UserName: "backup" });
  const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
  await iam(endpoint, {
    Action: "PutUserPolicy",
    UserName: "backup",
    PolicyName: "s3",
    PolicyDocument: JSON.stringify(policy),
  });
  const key = await iam(endpoint, { Action: "CreateAccessKey", UserName: "backup" });
  const field = (name: string) => new RegExp(`<${name}>(.+?)</${name}>`).exec(key)?.[1] ?? "";
  const request = async (path: string, init: RequestInit = {}): Promise<Buffer> => {
    const response = await fetch(`${endpoint}/${bucket}${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return Buffer.from(await response.arrayBuffer());
  };
  const unchecked = async <T>(work: () => Promise<T>): Promise<T> => {
    await control("reset-auth", "Infinity");
    try {
      return await work();
    } finally {
      await control("reset-auth", "0");
    }
  };
  await control("reset-auth", "0");
  return {
    endpoint,
    bucket,
    accessKeyId: field("AccessKeyId"),
    secretAccessKey: field("SecretAccessKey"),
    put: (objects) =>
      unchecked(async () => {
        for (const [name, body] of Object.entries(objects))
          await request(`/${name}`, { method: "PUT", body });
      }),
    keys: async () => {
      const list = await unchecked(() => request("?list-type=2"));
      return [...list.toString().matchAll(/<Key>(.+?)<\/Key>/g)].map(([, name = ""]) => name).sort();
    },
    get: (name) => unchecked(() => request(`/${name}`)),
    openUploads: async () => {
      const list = await unchecked(() => request("?uploads"));
      return list.toString().split("<Upload>").length - 1;
    },
  };
}

async function iam(endpoint: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const body = new URLSearchParams({ ...fields, Version: "2010-05-08" });
  // Which of its services is meant, it reads from the signature's scope.
  const authorization =
    "AWS4-HMAC-SHA256 Credential=none/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=none";
  const response = await fetch(endpoint, { method: "POST", body, headers: { authorization } });
  if (!response.ok) throw new Error(await response.text());
  return response.text();
}
