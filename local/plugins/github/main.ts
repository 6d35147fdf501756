import { version } from "@pulumi/github/package.json";
import { serve } from "../frame/serve";
import { githubProvider } from "./provider";

serve(
  githubProvider({
    name: "github",
    version,
    description: "stand-in for the github plugin: drives a GitHub API on this machine, not GitHub",
  }),
);
