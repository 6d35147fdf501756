import { version } from "@pulumi/kubernetes/package.json";

import { serve } from "../../local/plugins/frame/serve";
import { doNothing } from "./provider";

serve(doNothing("kubernetes", version));
