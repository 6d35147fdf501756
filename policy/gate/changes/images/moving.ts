import { hasDigest, tagOf } from "../../../image-reference";
import { imageField } from "../../../kubernetes";
import { EVERYWHERE, type Where } from "../../../where";
import { kindOf } from "../../kinds";
import type { Change } from "../../plan";
import { containersOf } from "../../pods";
import { each, type UnsafeChange } from "../../unsafe-change";
import { at, isUnknown, shown, textAt } from "../../values";

/** A container begins to run whatever somebody pushes next. */
export const movingImage: UnsafeChange = {
  id: "images/moving",
  title: "No container begins to run an image that can change by itself",
  why: "the next pod that starts anywhere runs something else, and nobody can say what ran before",
  instead:
    "pin the digest in the settings (`npx packit-stacks images pin`), or let an ImageStream hold the tag",
  where: EVERYWHERE,
  find: each(function* (change, { stack }) {
    const old = containersOf(change, change.before);
    for (const [name, container] of containersOf(change, change.after)) {
      const [from, to] = [at(old.get(name), "image"), at(container, "image")];
      if (from === to || to === undefined) continue;
      if (isUnknown(to)) {
        if (from !== undefined && stack.where === "prod")
          yield {
            says: `the image of container ${name} is not known yet`,
            from: shown(from),
            undecided: true,
          };
      } else if (typeof to === "string" && !isHeld(change, name, to)) {
        const problem = whatMoves(to, stack.where);
        if (problem !== undefined)
          yield { says: `container ${name} ${problem}`, from: shown(from), to: shown(to) };
      }
    }
  }),
};

function whatMoves(image: string, where: Where): string | undefined {
  if (hasDigest(image)) return undefined;
  if (tagOf(image) === "latest") return "gets an image at latest";
  return where === "prod" ? "gets an image without a digest" : undefined;
}

/** Whether an ImageStream decides: by a trigger on the field, or because the name is that of a stream. */
function isHeld(change: Change, container: string, image: string): boolean {
  const { after } = change;
  const triggers = textAt(after?.inputs, "metadata", "annotations", "image.openshift.io/triggers");
  const field = imageField(kindOf(change) ?? "", container);
  if (triggers?.includes(JSON.stringify(field).slice(1, -1)) === true || triggers?.includes(field) === true)
    return true;
  const names = textAt(
    after?.inputs,
    ...["spec", "template", "metadata", "annotations", "alpha.image.policy.openshift.io/resolve-names"],
  );
  return names === "*" && !image.includes("/");
}
