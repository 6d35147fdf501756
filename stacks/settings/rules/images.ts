import { setCommand } from "../fixes";
import { parseImage } from "../image-reference";
import { hasImageStreams, imagesOf, resolveImage } from "../images";
import type { Rule, RuleFinding, Subject } from "./rule";

/** Images can only be followed where there are ImageStreams, and never past a digest. */
export const followsWhatMoves: Rule = ({ stack, written }) =>
  imagesOf(stack, written).flatMap(({ path, image }): readonly RuleFinding[] => {
    if (image.follow === undefined || image.follow === "never") return [];
    const fixed = parseImage(image.source)?.digest !== undefined;
    if (!fixed && hasImageStreams(written.platform)) return [];
    return [
      {
        path: [...path, "follow"],
        problem: fixed
          ? "follows an image that a digest pins"
          : "needs an ImageStream, which plain Kubernetes has not",
        seen: image.follow,
        allowed: "never",
        fix: setCommand(stack, [...path, "follow"], "never"),
      },
    ];
  });

/** Production runs no image that can change by itself: an ImageStream holds it, or a digest does (D31). */
export const productionIsPinned: Rule = ({ stack, written }: Subject) => {
  if (stack.deployment !== "prod") return [];
  return imagesOf(stack, written).flatMap(({ path, image, origin }) => {
    const { source, follow } = resolveImage(stack, written.platform, image, origin);
    if (follow !== undefined || parseImage(source)?.digest !== undefined) return [];
    return [
      {
        path: [...path, "source"],
        problem: "can change under production: neither a digest nor an ImageStream holds it",
        seen: source,
        allowed: "an image with its digest, or on OpenShift follow: manual, schedule or always",
        fix: setCommand(stack, [...path, "source"], `${source}@sha256:<digest>`),
      },
    ];
  });
};
