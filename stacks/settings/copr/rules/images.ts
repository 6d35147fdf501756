import { setCommand } from "../../fixes";
import { parseImage } from "../../image-reference";
import { coprImageUses } from "../images";
import type { CoprRule } from "./rule";

/** Production runs no image that can change by itself (C20). */
export const coprProductionIsPinned: CoprRule = ({ stack, written, local }) =>
  stack.deployment !== "prod" || local
    ? []
    : coprImageUses(written)
        .filter(({ reference }) => parseImage(reference)?.digest === undefined)
        .map(({ path, source }) => ({
          path: [...path, "source"],
          problem: "can change under production: no digest holds it",
          seen: source,
          allowed: "an image with its digest, or a pin",
          fix: setCommand(stack, [...path, "pin"], "sha256:<digest>"),
        }));
