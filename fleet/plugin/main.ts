import { version } from "../../package.json";
import { serve } from "../../local/plugins/frame/serve";
import { fleetProvider } from "./provider";

serve(
  fleetProvider({
    name: "packit-fleet",
    version,
    description: "ends a stack's builders in AWS when the stack is destroyed",
  }),
);
