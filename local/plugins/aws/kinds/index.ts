import type { Kind } from "../kind";
import { keyPair } from "./key-pair";

/** What the stand-in for `@pulumi/aws` makes, by type token. */
export const kinds: Readonly<Record<string, Kind>> = {
  "aws:ec2/keyPair:KeyPair": keyPair,
};
