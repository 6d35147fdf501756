import { version } from "@pulumi/tls/package.json";
import { madeOnce } from "../frame/made-once";
import { serve } from "../frame/serve";
import { kinds } from "./kinds";

serve(
  madeOnce(
    {
      name: "tls",
      version,
      description: "stand-in for the tls plugin: makes keys and certificates on this machine",
    },
    kinds,
  ),
);
