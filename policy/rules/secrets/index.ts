import type { Area } from "../../rule";
import { commands } from "./commands";
import { configMap } from "./config-map";
import { envLiteral } from "./env-literal";

/** Where secrets are. */
export const secrets: Area = {
  name: "secrets",
  title: "Where secrets are",
  rules: [commands, configMap, envLiteral],
  leftOut: {
    "env-variable":
      "PostgreSQL's image, Celery and Packit read them from variables alone, each one key of a Secret that only its readers have",
  },
};
