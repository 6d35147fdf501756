import { type ChangeOptions, edit, makeChanges } from "../../images/change";
import { imageNamed, imagesOf } from "../../images/subject";
import { short } from "../../images/words";
import type { ProjectPaths } from "../../paths";

/** Lets images move again as before they were pinned or rolled back. @param names - Which; none: all that are pinned. */
export async function unpin(
  paths: ProjectPaths,
  name: string,
  names: readonly string[],
  options: ChangeOptions,
): Promise<number> {
  const subject = await imagesOf(paths, name, options.local);
  const pinned = subject.settings.imageUses.filter((use) => use.pin !== undefined);
  const uses = names.length > 0 ? names.map((use) => imageNamed(subject, use)) : pinned;
  if (uses.length === 0) throw new Error(`no image of ${name} is pinned`);
  const changes = uses.map((use) =>
    use.pin === undefined
      ? { use: use.use, says: "is not pinned", edits: [] }
      : {
          use: use.use,
          says: `follows ${use.source} again, was pinned to ${short(use.pin)}`,
          edits: [edit(use, "pin", undefined)],
        },
  );
  return makeChanges(subject, changes, options);
}
