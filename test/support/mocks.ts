import { createHash } from "node:crypto";

import * as pulumi from "@pulumi/pulumi";

/** A resource as a program registered it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** With secrets in plain text. */
  readonly inputs: Record<string, unknown>;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly ignoreChanges: readonly string[];
  /** URNs of what it waits for. */
  readonly dependencies: readonly string[];
  /** Reference of the provider that makes it; empty: the default one of its package. */
  readonly provider: string;
  /** Time in which an update must be done, for example `600s`; empty: the provider's own. */
  readonly updateTimeout: string;
}

/** All resources of one mocked program. */
export class Stack {
  constructor(readonly resources: readonly Registered[]) {}

  /** The inputs of the one object of that kind and name. @throws Error when there is none, or several. */
  object(kind: string, name: string): KubernetesObject {
    return this.resource(kind, name).inputs as unknown as KubernetesObject;
  }

  /** The one Kubernetes resource of that kind and name. */
  resource(kind: string, name: string): Registered {
    const found = this.resources.filter(
      (resource) => kindOf(resource) === kind && objectName(resource) === name,
    );
    const [only] = found;
    if (only === undefined || found.length > 1) {
      const all = this.resources.map((r) => `${kindOf(r)}/${objectName(r)}`).join(", ");
      throw new Error(`${found.length} objects are ${kind}/${name}, of: ${all}`);
    }
    return only;
  }

  has(kind: string, name: string): boolean {
    return this.resources.some((resource) => kindOf(resource) === kind && objectName(resource) === name);
  }

  /** All Kubernetes objects of a kind. */
  objects(kind: string): KubernetesObject[] {
    return this.resources
      .filter((resource) => kindOf(resource) === kind)
      .map((resource) => resource.inputs as unknown as KubernetesObject);
  }
}

/** A Kubernetes object as plain data, deep enough for assertions. */
export interface KubernetesObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach into objects of many kinds
  readonly [field: string]: any;
}

/**
 * Runs a program against mocks: every resource is "created" with its inputs as outputs.
 *
 * @param preview - Computed values stay unknown, as in a first preview.
 * @param kept - What Secrets hold that are only read, in base64.
 */
export async function runMocked(
  program: () => unknown,
  preview = false,
  kept: Readonly<Record<string, string>> = {},
): Promise<Stack> {
  const resources: Registered[] = [];
  const requests = new Map<string, RegisterRequest>();
  await pulumi.runtime.setMocks(
    {
      newResource: (args) => {
        const request = requests.get(`${args.type} ${args.name}`);
        resources.push({
          type: args.type,
          name: args.name,
          inputs: revealed(args.inputs) as Record<string, unknown>,
          protect: request?.getProtect() ?? false,
          retainOnDelete: request?.getRetainondelete() ?? false,
          ignoreChanges: request?.getIgnorechangesList() ?? [],
          dependencies: request?.getDependenciesList() ?? [],
          provider: args.provider ?? "",
          updateTimeout: request?.getCustomtimeouts()?.getUpdate() ?? "",
        });
        const inputs = args.inputs as Record<string, unknown>;
        const read = args.id === undefined || args.id === "" ? {} : { data: kept };
        return { id: `${args.name}-id`, state: { ...withServerFields(inputs), ...computed(args), ...read } };
      },
      call: ({ token, inputs }) => ({ ...(inputs as Record<string, unknown>), ...answers(token, inputs) }),
    },
    "packit",
    "test",
    preview,
  );
  recordRequests(requests);
  program();
  await pulumi.runtime.disconnect();
  return new Stack(resources);
}

/** The part of a registration that holds a resource's options; mocks are shown only its inputs. */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getIgnorechangesList(): string[];
  getDependenciesList(): string[];
  getCustomtimeouts(): { getUpdate(): string } | undefined;
}

interface Monitor {
  registerResource(request: RegisterRequest, callback: unknown): Promise<void>;
}

function recordRequests(requests: Map<string, RegisterRequest>): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    requests.set(`${request.getType()} ${request.getName()}`, request);
    return register(request, callback);
  };
}

/** The property by which the engine's protocol marks a secret, which then holds its value. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** The value with every secret in plain text, as a pod would see it. */
function revealed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revealed);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value && "value" in value) return revealed(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revealed(inner)]));
}

/** What a provider would make: as different from name to name as the real values, and of their form. */
function computed({ type, name }: pulumi.runtime.MockResourceArgs): Record<string, string> {
  const hash = createHash("sha256").update(name).digest("hex");
  if (type === "random:index/randomUuid:RandomUuid") {
    const parts = [
      hash.slice(0, 8),
      hash.slice(8, 12),
      hash.slice(12, 16),
      hash.slice(16, 20),
      hash.slice(20, 32),
    ];
    return { result: parts.join("-") };
  }
  if (type.startsWith("random:")) return { result: hash.slice(0, 32) };
  if (type === "tls:index/privateKey:PrivateKey") {
    return {
      privateKeyPem: `-----BEGIN PRIVATE KEY-----\n${hash}\n-----END PRIVATE KEY-----\n`,
      privateKeyOpenssh: `-----BEGIN OPENSSH PRIVATE KEY-----\n${hash}\n-----END OPENSSH PRIVATE KEY-----\n`,
      publicKeyOpenssh: `ssh-ed25519 ${hash}\n`,
    };
  }
  if (type === "aws:iam/accessKey:AccessKey") return { secret: hash.slice(0, 40) };
  if (type === "aws:ec2/keyPair:KeyPair") return { keyName: `${name}-made-up` };
  if (type.startsWith("tls:"))
    return { certPem: `-----BEGIN CERTIFICATE-----\n${hash}\n-----END CERTIFICATE-----\n` };
  return {};
}

/** What AWS would answer: every type of instance is to be had in two zones. */
function answers(token: string, inputs: unknown): Record<string, unknown> {
  if (token === "aws:ec2/getAmi:getAmi") return { id: "ami-0123456789abcdef0" };
  if (token !== "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings") return {};
  const { filters = [] } = inputs as { filters?: readonly { readonly values: readonly string[] }[] };
  const offered = filters.flatMap(({ values }) => values);
  const offers = ["us-east-1a", "us-east-1b"].flatMap((zone) => offered.map((type) => ({ zone, type })));
  return {
    locations: offers.map(({ zone }) => zone),
    instanceTypes: offers.map(({ type }) => type),
  };
}

/** What the API server would add to an object's metadata. */
function withServerFields(inputs: Record<string, unknown>): Record<string, unknown> {
  if (typeof inputs.metadata !== "object") return inputs;
  return { ...inputs, metadata: { creationTimestamp: "2026-01-01T00:00:00Z", ...inputs.metadata } };
}

function kindOf(resource: Registered): string {
  return resource.type.split(":").at(-1) ?? resource.type;
}

function objectName(resource: Registered): string {
  const metadata = resource.inputs.metadata as { name?: string } | undefined;
  return metadata?.name ?? resource.name;
}
