import type { GivenSecrets, Settings } from "../stacks/settings";
import type { GivenCoprSecrets } from "../stacks/settings/copr/schema/secrets";
import type { CoprSettings } from "../stacks/settings/copr/settings";
import { type AnySettings, isCopr } from "./settings-of";

/** A Kubernetes object that a stack's program makes. */
export interface PlannedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Empty for objects outside any namespace. */
  readonly namespace: string;
  /** Its fields as the program gives them; names and addresses that a cluster would make up are those of a dry run. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Stands for what is given by other hands, so that everything that depends on it is planned too. */
const EVERYTHING_GIVEN: GivenSecrets = {
  aws: { accessKeyId: "planned", secretAccessKey: "planned" },
  sentry: { dsn: "https://planned.invalid/1" },
};

const EVERYTHING_GIVEN_TO_COPR: GivenCoprSecrets = {
  tls: { fullchain: "planned", privkey: "planned" },
  oidc: { clientSecret: "planned" },
  backup: { accessKeyId: "planned", secretAccessKey: "planned" },
  mail: { user: "planned", password: "planned" },
};

/**
 * All Kubernetes objects of a stack, found by running its program without an engine, cluster, or secret.
 *
 * @param root - Folder of the checkout.
 */
export async function plannedObjects(settings: AnySettings, root: string): Promise<readonly PlannedObject[]> {
  // They bring all of Pulumi's SDK with them, which few commands need.
  const pulumi = await import("@pulumi/pulumi");
  const build = await (isCopr(settings) ? coprProgram(settings, root) : packitProgram(settings, root));
  const objects: PlannedObject[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const body = inputs as Record<string, unknown>;
        // What somebody else has made is only read, by its name.
        if (type.startsWith("kubernetes:") && body.metadata !== undefined) objects.push(plannedObject(body));
        return { id: name, state: { ...body, ...madeUp(type) } };
      },
      call: ({ inputs }) => inputs as Record<string, unknown>,
    },
    "packit",
    settings.stack.name,
    false,
  );
  build();
  await pulumi.runtime.disconnect();
  return objects;
}

async function packitProgram(settings: Settings, root: string): Promise<() => unknown> {
  const { packit } = await import("../stacks/packit.js");
  const { clusterProvider, jobPrograms } = await surroundings();
  return () =>
    packit({ settings, secrets: EVERYTHING_GIVEN }, clusterProvider(settings, root), jobPrograms(root));
}

/** What it has in AWS is left out. */
async function coprProgram(settings: CoprSettings, root: string): Promise<() => unknown> {
  const { copr } = await import("../stacks/copr.js");
  const { clusterProvider, jobPrograms } = await surroundings();
  const secrets = EVERYTHING_GIVEN_TO_COPR;
  return () => copr({ settings, secrets }, clusterProvider(settings, root), jobPrograms(root));
}

async function surroundings() {
  const { clusterProvider } = await import("../stacks/parts/cluster.js");
  const { jobPrograms } = await import("../stacks/parts/job-programs.js");
  return { clusterProvider, jobPrograms };
}

function plannedObject(body: Record<string, unknown>): PlannedObject {
  const { apiVersion, kind, metadata } = body as {
    apiVersion: string;
    kind: string;
    metadata: { name: string; namespace?: string };
  };
  return { apiVersion, kind, name: metadata.name, namespace: metadata.namespace ?? "", body };
}

/** What other providers would make; its form matters, its value does not. */
function madeUp(type: string): Record<string, string> {
  if (type.endsWith(":RandomUuid")) return { result: "00000000-0000-4000-8000-000000000000" };
  if (type.startsWith("random:")) return { result: "planned" };
  if (type.startsWith("tls:")) {
    return {
      privateKeyPem: "planned",
      privateKeyOpenssh: "planned",
      publicKeyOpenssh: "planned",
      certPem: "planned",
    };
  }
  return {};
}
