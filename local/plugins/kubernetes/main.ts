import { version } from "@pulumi/kubernetes/package.json";
import { serve } from "../frame/serve";
import { kubernetesProvider } from "./provider";

serve(
  kubernetesProvider({
    name: "kubernetes",
    version,
    description: "stand-in for the kubernetes plugin: plain objects, by server-side apply",
  }),
);
