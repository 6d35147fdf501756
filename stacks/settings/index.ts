export { type StackConfig, stackConfig } from "./config";
export { type Finding, SettingsError } from "./errors";
export { checkSettingsFiles, type FileCheck, requirePackit } from "./files";
export { type LoadOptions, loadSettings, loadStack, type StackInput } from "./load";
export {
  type Base,
  BASE_NAMES,
  type CoprStackName,
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
export { type ImageReference, parseImage } from "./image-reference";
export { type Hosts, type Placement, placementOf } from "./placement";
export { filesIn, type SettingsFiles } from "./plain-files";
export { type Pull, REPOSITORIES, type Repository } from "./pulls";
export { parseRef, type Ref, type Reference, REFERENCE_FORMS, referenceText } from "./references";
export { bytesOf, millicpusOf } from "./quantity";
export type { GivenSecrets, SecretForm } from "./schema/secrets";
export { FLOWER_USER, missingSecrets, type SecretNeed, secretsNeeded } from "./secrets";
export type {
  Frozen,
  Identity,
  ImageFollow,
  ImageSettings,
  ImageUse,
  KeyValueStoreSettings,
  PostgresSettings,
  Settings,
} from "./settings";
