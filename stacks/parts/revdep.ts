import * as pulumi from "@pulumi/pulumi";

import { KEY_VALUE_PORT } from "../../components/data/key-value-store";
import { POSTGRES_PORT } from "../../components/data/postgres";
import {
  ReverseDependencyTests,
  type ReverseDependencyTestsArgs,
} from "../../components/packit/reverse-dependency-tests";
import type { Reach } from "../../components/platform/access";
import type { Settings } from "../settings";
import { databaseName } from "../settings/images";
import type { JobPrograms } from "./job-programs";
import { REVDEP } from "./names";

const HTTPS_PORT = 443;

/** Packit's tests against the workers' image, where the settings ask for them. */
export function reverseDependencyTests(
  settings: Settings,
  common: Pick<ReverseDependencyTestsArgs, "application" | "code" | "database" | "queue" | "site">,
  programs: JobPrograms,
  opts: pulumi.ComponentResourceOptions,
): void {
  const { celery, revdep } = settings;
  if (!revdep.enabled) return;
  new ReverseDependencyTests(
    REVDEP,
    {
      ...common,
      package: packageOf(celery.app),
      // Its tag moves with Packit's main branch.
      image: { reference: revdep.image, pullPolicy: "Always" },
      sources: revdep.sources,
      command: revdep.command,
      reaches: reachesOf(settings),
      deadlineMinutes: revdep.deadlineMinutes,
      resources: revdep,
      programs: programs.revdep,
    },
    opts,
  );
}

/** The package of a module: that of the tasks is all of the workers' own code. */
function packageOf(module: string): string {
  return module.replace(/\..*/, "");
}

/** The instance's own stores, and the web, where some tests look things up. */
function reachesOf({ database, keyValue }: Settings): readonly Reach[] {
  return [
    { port: POSTGRES_PORT, components: [databaseName(database.version)] },
    { port: KEY_VALUE_PORT, ...(!keyValue.external && { components: [keyValue.kind] }) },
    { port: HTTPS_PORT },
  ];
}
