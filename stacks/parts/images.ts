import * as pulumi from "@pulumi/pulumi";

import { Image } from "../../components/platform/image";
import type { Site } from "../../components/platform/site";
import type { ImageSettings } from "../settings";
import { STREAMS } from "../settings/images";

/** The images of a site by what runs them. An image is made when the first of its workloads asks for it (D33). */
export class Images {
  readonly #made = new Map<string, Image>();

  constructor(
    private readonly site: Site,
    private readonly settings: Readonly<Record<keyof typeof STREAMS, ImageSettings>>,
    private readonly opts: pulumi.CustomResourceOptions,
  ) {}

  of(use: keyof typeof STREAMS): Image {
    return this.named(STREAMS[use], this.settings[use]);
  }

  /** The image of a component whose settings are its own, such as `postgres-15`. */
  named(stream: string, settings: ImageSettings): Image {
    const made = this.#made.get(stream);
    if (made !== undefined) return made;
    const image = new Image(stream, { site: this.site, ...settings }, this.opts);
    this.#made.set(stream, image);
    return image;
  }
}
