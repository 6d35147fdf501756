import type { PackitStackName } from "./names";
import type { Hosts } from "./placement";
import type { Reference } from "./references";
import type { WrittenSettings } from "./schema/packit";
import type { Path } from "./tree";

/** The same, all the way down, not to be changed. */
export type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

/** How an ImageStream holds an image. */
export interface ImageFollow {
  /** Tag within the ImageStream. */
  readonly tag: string;
  /** Import whenever the source changes. Off: by the schedule or by hand. */
  readonly scheduled: boolean;
  /** Whether the import by schedule (`packit:images.schedule`) covers it. */
  readonly onSchedule: boolean;
}

/** An image as a workload gets it. */
export interface ImageSettings {
  /** Registry, repository, and tag or digest. */
  readonly source: string;
  /** Set where an ImageStream holds the image; absent: `source` runs as it stands. */
  readonly follow?: ImageFollow;
  /** When a node asks the registry for it. @default "IfNotPresent" */
  readonly pullPolicy?: NonNullable<Written["images"]["service"]["pullPolicy"]>;
}

/** An image that a stack uses, as commands see it. */
export interface ImageUse {
  /** What commands call it, for example `worker` or `postgres-15`. */
  readonly use: string;
  /** Where its settings are, for example `["images", "worker"]`. */
  readonly path: Path;
  /** Packit's own, or somebody else's. */
  readonly origin: "packit" | "other";
  /** As it is written, without the pin. */
  readonly source: string;
  /** Digest that holds it until it is unpinned. */
  readonly pin?: string;
  /** What is to run: the source, or the pinned digest of its repository. */
  readonly reference: string;
  /** The ImageStream that holds it; absent: `reference` runs as it stands. */
  readonly stream?: ImageFollow & { readonly name: string };
}

type Written = Frozen<WrittenSettings>;

/** Settings that {@link Settings} holds in another form. */
type Resolved =
  | "cluster"
  | "components"
  | "database"
  | "hosts"
  | "identity"
  | "images"
  | "keyValue"
  | "namespace"
  | "namespaceExists"
  | "pulls"
  | "pushgatewayAddress"
  | "sandboxNamespace"
  | "ttl";

/** One of the pool of identities of test instances. */
export type Identity = Written["testInstances"]["identities"][number];

/** Size, memory, processor time and image of one PostgreSQL. */
export type PostgresSettings = Omit<Written["database"], "beside" | "image" | "name"> & {
  readonly image: ImageSettings;
};

/** Kind, sizes and image of one key-value store. */
export type KeyValueStoreSettings = Omit<Written["keyValue"], "beside" | "host" | "image"> & {
  readonly image: ImageSettings;
  /** Bytes of data after which keys are evicted, derived from memory and volume (D15). */
  readonly maxmemory: number;
};

/** A stack's settings: checked, complete and frozen. Components get parts of it, never the whole. */
export interface Settings extends Omit<Written, Resolved> {
  readonly stack: PackitStackName;
  readonly namespace: string;
  /** Whether somebody else has made the namespace: it is only read. */
  readonly namespaceExists: boolean;
  /** Namespace of the sandbox pods; absent when `components.sandbox` is off. */
  readonly sandboxNamespace?: string;
  readonly hosts: Hosts;
  /** Absent: the local control plane. */
  readonly cluster?: { readonly kubeconfig: string; readonly context: string };
  /** Whether what holds data is protected against deletion: in staging and production. */
  readonly durable: boolean;
  /** Whether the stack makes the secrets that it is not given. Environments other than dev must be given them. */
  readonly generatesSecrets: boolean;
  /** Code that a test instance runs, in the fixed order; empty for an environment. */
  readonly references: readonly Reference[];
  /** How long a test instance lives, `never` with a reason in `keep`; absent for an environment. */
  readonly ttl?: string;
  /** Who a test instance is to others; absent: nobody whom they know. */
  readonly identity?: Identity;
  /** nginx follows from Flower and the pushgateway (D07, D08). */
  readonly components: Written["components"] & { readonly nginx: boolean };
  /** When images that follow `schedule` are imported, and the images. */
  readonly imageSchedule: string;
  readonly images: Readonly<Record<Exclude<keyof Written["images"], "schedule">, ImageSettings>>;
  /** Every image that the stack uses, and where its settings are. */
  readonly imageUses: readonly ImageUse[];
  readonly database: PostgresSettings & { readonly name: string; readonly beside?: PostgresSettings };
  readonly keyValue: KeyValueStoreSettings & {
    /** Where clients find it: the kind's name, or the store outside the stack. */
    readonly hostname: string;
    /** Whether the store is outside the stack, which then has none of its own. */
    readonly external: boolean;
    readonly beside?: KeyValueStoreSettings;
  };
  /** Where workers push metrics; empty: nowhere. */
  readonly pushgatewayAddress: string;
}
