import type { ContainerImage } from "../../../components/platform/image";
import type { ImageSettings } from "../../settings/settings";

/** The image as it stands: no stream follows its tag, so that nothing changes by itself (C19, C20). */
export function imageOf({ source, pullPolicy }: ImageSettings): ContainerImage {
  return { reference: source, ...(pullPolicy !== undefined && { pullPolicy }) };
}
