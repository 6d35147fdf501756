import * as pulumi from "@pulumi/pulumi";

import { ImageImport } from "../../components/packit/image-import";
import type { Site } from "../../components/platform/site";
import type { Settings } from "../settings";
import type { Images } from "./images";

/** The import by schedule, where there is anything to import. */
export function imageImport(
  site: Site,
  { imageUses, imageSchedule: schedule }: Settings,
  images: Images,
  opts: pulumi.ComponentResourceOptions,
): void {
  const tags = imageUses.flatMap(({ source, stream }) =>
    stream?.onSchedule === true ? [{ stream: stream.name, tag: stream.tag, source }] : [],
  );
  if (tags.length === 0) return;
  new ImageImport("image-import", { site, image: images.of("importer"), schedule, tags }, opts);
}
