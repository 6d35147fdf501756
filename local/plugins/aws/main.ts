import { version } from "@pulumi/aws/package.json";
import { serve } from "../frame/serve";
import { awsProvider } from "./provider";

serve(
  awsProvider({
    name: "aws",
    version,
    description: "stand-in for the aws plugin: drives an AWS API server on this machine, not AWS",
  }),
);
