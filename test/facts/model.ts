/**
 * What an object of the deployment is, in words short enough for a table. The tables in `tables/` say what the
 * Ansible deployment made; `observe.ts` says the same of what a program registers.
 */
export type ObjectFacts = ManagedFacts &
  (
    | WorkloadFacts
    | PodFacts
    | ServiceFacts
    | RouteFacts
    | ClaimFacts
    | FilesFacts
    | ImageStreamFacts
    | NamespaceFacts
    | RoleBindingFacts
  );

/** What the managed platform wants to be told about an object. */
export interface ManagedFacts {
  readonly label?: Texts;
  readonly annotation?: Texts;
  /** Of the pods that a workload makes. */
  readonly podLabel?: Texts;
}

/** Facts by kind and name, for example `Deployment/packit-service`. */
export type Facts = Readonly<Record<string, ObjectFacts>>;

/** Texts by name; in comparisons each is a field of its own. */
export type Texts = Readonly<Record<string, string>>;

/** A Deployment or StatefulSet. */
export interface WorkloadFacts extends PodFacts {
  readonly replicas: string;
  /** `Recreate`, or what else replaces old pods. */
  readonly strategy: string;
  /** Label by which it finds its pods. */
  readonly selector: string;
  /** Stream and tag that the image trigger follows. */
  readonly trigger?: string;
  /** Of a StatefulSet. */
  readonly serviceName?: string;
  /** Of a StatefulSet. */
  readonly podManagement?: string;
  /** Claim templates by name, of a StatefulSet. */
  readonly claimTemplate?: Texts;
}

/** Pods, and the one container that everything is about. */
export interface PodFacts extends ContainerFacts {
  readonly namespace: string;
  /** Service account. */
  readonly account: string;
  /** Whether the account's token is mounted. */
  readonly token: "mounted" | "not mounted";
  /** Seconds that a stopped pod has. */
  readonly grace: string;
  /** Whether Services appear as variables in the environment. */
  readonly serviceLinks: "yes" | "no";
  /** The containers beside it, by name. */
  readonly sidecar?: Readonly<Record<string, ContainerFacts>>;
}

export interface ContainerFacts {
  /** Name of the container. */
  readonly container: string;
  readonly image: string;
  readonly pull: string;
  /** Absent: the image's own. */
  readonly command?: string;
  readonly args?: string;
  /** Runs before the container is told to stop. */
  readonly preStop?: string;
  /** What is behind a port number and protocol. */
  readonly port?: Texts;
  /** Plain values, and `Secret <name>/<key>`. */
  readonly env?: Texts;
  /** What is at a path. */
  readonly mount?: Texts;
  readonly request?: Texts;
  readonly limit?: Texts;
  /** Handler and times of each probe. */
  readonly probe?: Texts;
}

export interface ServiceFacts {
  readonly namespace: string;
  /** Pods that it leads to. */
  readonly selector: string;
  /** Port and target, by the port's name. */
  readonly port: Texts;
}

export interface RouteFacts {
  readonly namespace: string;
  /** Absent: the cluster makes one. */
  readonly host?: string;
  /** Service. */
  readonly to: string;
  /** Name of the Service's port; absent: any. */
  readonly targetPort?: string;
  readonly tls: string;
  /** What becomes of requests without TLS. */
  readonly insecure: string;
}

export interface ClaimFacts {
  readonly namespace: string;
  readonly storage: string;
  readonly accessModes: string;
  /** Absent: the cluster's default. */
  readonly storageClass?: string;
}

/** A ConfigMap or Secret. */
export interface FilesFacts {
  readonly namespace: string;
  /** What each file holds: its lines, as far as it is a list of settings; else only that it is there. */
  readonly file: Texts;
}

export interface ImageStreamFacts {
  readonly namespace: string;
  readonly apiVersion: string;
  /** Source by tag. */
  readonly tag: Texts;
  readonly scheduled: string;
  /** Whether the short form `<stream>:<tag>` is resolved within the namespace. */
  readonly localLookup: string;
}

/** A Project or a TenantNamespace. */
export interface NamespaceFacts {
  readonly apiVersion: string;
  /** Namespace in which it is asked for. */
  readonly namespace?: string;
  readonly type?: string;
  readonly securityZone?: string;
}

export interface RoleBindingFacts {
  readonly namespace: string;
  readonly role: string;
  /** Accounts, each with its namespace. */
  readonly subjects: string;
}
