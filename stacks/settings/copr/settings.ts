import type { CoprStackName } from "../names";
import type { Frozen, ImageSettings, ImageUse, PostgresSettings } from "../settings";
import type { CoprNames } from "./names";
import type { PoolSettings } from "./pools";
import type { WrittenCoprSettings } from "./schema";

type Written = Frozen<WrittenCoprSettings>;

/** Settings that {@link CoprSettings} holds in another form. */
type Resolved =
  | "builders"
  | "cluster"
  | "database"
  | "domain"
  | "hosts"
  | "images"
  | "instance"
  | "keyValue"
  | "namespace"
  | "namespaceExists"
  | "resalloc";

/** A Copr's settings: checked, complete and frozen. Components get parts of it, never the whole. */
export interface CoprSettings extends Omit<Written, Resolved>, CoprNames {
  readonly stack: CoprStackName;
  /** Whether somebody else has made the namespace: it is only read. */
  readonly namespaceExists: boolean;
  /** Absent: the local control plane. */
  readonly cluster?: { readonly kubeconfig: string; readonly context: string };
  /** Whether what holds data is protected against deletion: in staging and production (C30). */
  readonly durable: boolean;
  readonly images: Readonly<Record<keyof Written["images"], ImageSettings>>;
  /** Every image that the stack uses, and where its settings are. */
  readonly imageUses: readonly ImageUse[];
  readonly database: PostgresSettings & {
    readonly name: string;
    /** Dump that an empty database is filled with. */
    readonly dump?: string;
    readonly beside?: PostgresSettings;
  };
  readonly keyValue: Omit<Written["keyValue"], "image"> & {
    readonly image: ImageSettings;
    /** Bytes of data after which keys are evicted, derived from memory and volume. */
    readonly maxmemory: number;
  };
  /** Absent without builders, which are all that it hands out. */
  readonly resalloc?: Written["resalloc"];
  /** Pools by the names that the settings give them; none without builders. */
  readonly pools: Readonly<Record<string, PoolSettings>>;
  /** The watch over age and number of builders. */
  readonly reaper: Pick<Written["builders"], "maxAgeHours" | "maxInstances"> & {
    readonly mode: Written["builders"]["reaper"];
  };
}
