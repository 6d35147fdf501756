import type { Fields } from "../frame/fields";
import type { PlainProperties } from "../frame/values";
import type { Api } from "./api";

/** What the plugin knows of one kind of resource. Inputs are checked and complete. */
export interface Kind {
  readonly fields: Fields;
  /** The outputs beside the inputs. */
  readonly outputs: readonly string[];
  /** Properties that are secret. */
  readonly secrets: readonly string[];
  /** The input that is made up from the resource's name when the program gives none. */
  readonly named?: string;
  /** What is wrong with inputs that are each right. */
  readonly conflicts?: (inputs: PlainProperties) => string | undefined;
  /** Makes it and gives its id. */
  readonly create: (api: Api, inputs: PlainProperties) => Promise<string>;
  /** Inputs and outputs as GitHub has them, but what it shows to nobody. */
  readonly read: (api: Api, id: string, state: PlainProperties) => Promise<PlainProperties>;
  readonly update: (api: Api, id: string, inputs: PlainProperties) => Promise<void>;
  readonly remove: (api: Api, id: string, state: PlainProperties) => Promise<void>;
}
