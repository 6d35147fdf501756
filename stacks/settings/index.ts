export { type Finding, SettingsError } from "./errors";
export type { ImageFollow } from "./images";
export {
  type Base,
  BASE_NAMES,
  type Deployment,
  GRAMMAR,
  type PackitStackName,
  parseStackName,
  type Program,
  type StackName,
  stackNameFor,
  TEST_BASES,
  type TestBase,
  type TestInstanceName,
} from "./names";
export { type Hosts, type Placement, placementOf } from "./placement";
export { type Pull, REPOSITORIES, type Repository } from "./pulls";
export { bytesOf, millicpusOf } from "./quantity";
export type { Frozen, ImageSettings, KeyValueStoreSettings, PostgresSettings, Settings } from "./settings";
