import * as z from "zod";

import { image as packitImage } from "../../schema/images";

const { source, pin, pullPolicy } = packitImage.shape;

/** An image: no ImageStream follows its tag, so that nothing changes by itself (C19, C20). */
const image = z.strictObject({ source, pin, pullPolicy });

/** Images of Copr's workloads, apart from database and key-value store. */
export const images = z.strictObject({
  frontend: image.meta({ description: "Image of the frontend." }),
  backend: image.meta({ description: "Image of the backend." }),
  results: image.meta({ description: "Image of nginx, which serves the results." }),
  distGit: image.meta({ description: "Image of dist-git." }),
  keygen: image.meta({ description: "Image of the signing keys' daemon and web server." }),
  resalloc: image.meta({ description: "Image of resalloc, with its scripts for AWS." }),
  pulp: image.meta({ description: "Image of Pulp, without database and web server: `pulp-minimal`." }),
});
