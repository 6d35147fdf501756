import type { ClusterObject, ClusterObjects } from "../support/objects";
import type { Facts, ObjectFacts, Texts } from "./model";
import { managedFacts } from "./observe-managed";
import { podFacts, workloadFacts } from "./observe-pods";

/** What a program registers, in the words of the tables. Of other kinds, their version. */
export function observed(objects: ClusterObjects): Facts {
  return Object.fromEntries(
    objects.all.map((object) => [object.title, { ...factsOf(object), ...managedFacts(object) }]),
  );
}

function factsOf(object: ClusterObject): ObjectFacts {
  const { namespace, body } = object;
  switch (object.kind) {
    case "Deployment":
    case "StatefulSet":
      return workloadFacts(object);
    case "Pod":
      return podFacts(object.name, namespace, body.spec);
    case "Service":
      return { namespace, selector: pairs(body.spec.selector), port: servicePorts(body.spec.ports ?? []) };
    case "Route":
      return {
        namespace,
        host: body.spec.host,
        to: body.spec.to.name,
        targetPort: body.spec.port?.targetPort,
        tls: body.spec.tls.termination,
        insecure: body.spec.tls.insecureEdgeTerminationPolicy,
      };
    case "PersistentVolumeClaim":
      return { namespace, ...claimFacts(body.spec) };
    case "ConfigMap":
    case "Secret":
      return { namespace, file: files(object.kind, body.data ?? {}) };
    case "ImageStream":
      return imageStreamFacts(object);
    case "RoleBinding":
      return {
        namespace,
        role: body.roleRef.name,
        subjects: body.subjects
          .map((subject: { namespace: string; name: string }) => `${subject.namespace}/${subject.name}`)
          .join(", "),
      };
    case "TenantNamespace":
      return {
        apiVersion: body.apiVersion,
        namespace,
        type: body.spec.type,
        securityZone: body.spec.network["security-zone"],
      };
    default:
      return { apiVersion: body.apiVersion };
  }
}

function imageStreamFacts({ namespace, body }: ClusterObject): ObjectFacts {
  const tags: { name: string; from: { name: string }; importPolicy: { scheduled: boolean } }[] =
    body.spec.tags;
  return {
    namespace,
    apiVersion: body.apiVersion,
    tag: Object.fromEntries(tags.map(({ name, from }) => [name, from.name])),
    scheduled: tags.map(({ importPolicy }) => importPolicy.scheduled).join(", "),
    localLookup: String(body.spec.lookupPolicy.local),
  };
}

interface ClaimSpec {
  readonly accessModes: readonly string[];
  readonly resources: { readonly requests: { readonly storage: string } };
  readonly storageClassName?: string;
}

function claimFacts({ accessModes, resources, storageClassName }: ClaimSpec) {
  return {
    storage: resources.requests.storage,
    accessModes: accessModes.join(", "),
    ...(storageClassName !== undefined && { storageClass: storageClassName }),
  };
}

interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number;
  readonly protocol: string;
}

function servicePorts(ports: readonly ServicePort[]): Texts {
  return Object.fromEntries(
    ports.map(({ name, port, targetPort, protocol }) => [name, `${port} → ${targetPort} ${protocol}`]),
  );
}

/** Files that are lists of settings are told line by line; the others belong to tests of their own. */
const LISTS = ["packit.conf", "redis.conf", "client.conf", "config.py"];

function files(kind: string, data: Readonly<Record<string, string>>): Texts {
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, content]) =>
      kind === "ConfigMap" && LISTS.includes(name)
        ? content
            .split("\n")
            .filter((line) => line !== "")
            .map((line) => setting(name, line))
        : [[name, "there"] as const],
    ),
  );
}

/** `name = 'value'` of PostgreSQL and INI files, `name "value"` of Redis. */
function setting(file: string, line: string): readonly [string, string] {
  const [, name = line, value = ""] = /^(\S+?)\s*[= ]\s*(.*)$/.exec(line) ?? [];
  return [`${file} ${name}`, value.replaceAll(/["']/g, "")];
}

function pairs(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
}
