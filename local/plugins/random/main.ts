import { version } from "@pulumi/random/package.json";
import { madeOnce } from "../frame/made-once";
import { serve } from "../frame/serve";
import { kinds } from "./kinds";

serve(
  madeOnce(
    { name: "random", version, description: "stand-in for the random plugin: draws values on this machine" },
    kinds,
  ),
);
