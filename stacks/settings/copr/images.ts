import { databaseImage, databaseName, keyValueImage, pinned } from "../images";
import type { ImageSettings, ImageUse } from "../settings";
import type { Path } from "../tree";
import type { WrittenCoprSettings } from "./schema";

type WrittenImage = WrittenCoprSettings["images"]["frontend"];

/** Images that Copr itself makes; the others change when somebody says so. */
const OWN: ReadonlySet<string> = new Set(["frontend", "backend", "distGit", "keygen", "resalloc"]);

/** The image as a workload gets it. */
export function coprImage({ source, pin, pullPolicy }: WrittenImage): ImageSettings {
  return { source: pinned(source, pin), ...(pullPolicy !== undefined && { pullPolicy }) };
}

/** Every image that a Copr runs, and where its settings are. */
export function coprImageUses(written: WrittenCoprSettings): readonly ImageUse[] {
  const { builders, database, images, keyValue, resultStorage } = written;
  const { resalloc, pulp, ...others } = images;
  const own = {
    ...others,
    ...(builders.enabled && { resalloc }),
    ...(resultStorage === "pulp" && { pulp }),
  };
  const databases = [database, database.beside].filter((one) => one !== undefined);
  return [
    ...Object.entries(own).map(([use, image]) => asUse(use, ["images", use], image)),
    ...databases.map((one) =>
      asUse(
        databaseName(one.version),
        ["database", ...(one === database ? [] : ["beside"]), "image"],
        databaseImage(one.version, one.image),
      ),
    ),
    asUse(keyValue.kind, ["keyValue", "image"], keyValueImage(keyValue.kind, keyValue.image)),
  ];
}

function asUse(use: string, path: Path, image: WrittenImage): ImageUse {
  return {
    use,
    path,
    origin: OWN.has(use) ? "packit" : "other",
    source: image.source,
    reference: pinned(image.source, image.pin),
    ...(image.pin !== undefined && { pin: image.pin }),
  };
}
