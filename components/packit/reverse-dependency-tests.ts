import * as pulumi from "@pulumi/pulumi";

import type { Reach } from "../platform/access";
import type { Resources } from "../platform/container";
import { CronTask } from "../platform/cron-task";
import { ConfigFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { type Application, applicationEnv } from "./application";
import { type Database, databaseEnv, type Queue, queueEnv } from "./connections";
import { CODE_CONTAINER } from "./test-containers";

/** Folders of the pod: the programs, the code under test, and where the tests run. */
const PROGRAMS_FOLDER = "/jobs";
const CODE_FOLDER = "/code";
const TESTS_FOLDER = "/tests";

/** It copies some files. */
const COPY_RESOURCES: Resources = {
  requests: { cpu: "10m", memory: "64Mi" },
  limits: { cpu: "500m", memory: "256Mi" },
};

export interface ReverseDependencyTestsArgs {
  readonly site: Site;
  readonly application: Application;
  readonly database: Database;
  readonly queue: Queue;
  /** What is tested: an image with the package, and Python. */
  readonly code: ContainerImage;
  /** Python package under test, for example `fedora_ci`. */
  readonly package: string;
  /** Image with the tests, Python and git. */
  readonly image: ContainerImage;
  /** Folder of the tests' sources in it, for example `/src`. */
  readonly sources: string;
  /** What runs the tests, in a copy of the sources. */
  readonly command: readonly string[];
  /** Whom the tests may connect to: database, queue, and whatever they need outside. */
  readonly reaches: readonly Reach[];
  readonly deadlineMinutes: number;
  readonly resources: Resources;
  /** The programs `take.py` and `test.py`. */
  readonly programs: Readonly<Record<string, string>>;
}

/**
 * Packit's tests against the code of another image, which is built on Packit's. It runs when somebody starts it
 * (`packit-stacks revdep`): a container of the image under test hands the package over, and the tests run with it in
 * place of their own.
 */
export class ReverseDependencyTests extends pulumi.ComponentResource {
  /** @param name - Name of all objects, `revdep`. The database and the queue must admit it. */
  constructor(name: string, args: ReverseDependencyTestsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:service:ReverseDependencyTests", name, {}, opts);
    const { site, code, image, sources, reaches, resources } = args;
    const child = { parent: this };
    const programs = new ConfigFiles(`${name}-programs`, { site, data: args.programs }, child);
    const shared = [
      { path: PROGRAMS_FOLDER, files: [{ from: programs }] },
      { scratch: "code", path: CODE_FOLDER, sizeLimit: "256Mi" },
    ];
    new CronTask(
      name,
      {
        site,
        image,
        resources,
        reaches,
        deadlineSeconds: args.deadlineMinutes * 60,
        init: {
          [CODE_CONTAINER]: {
            image: code,
            resources: COPY_RESOURCES,
            command: ["python3", "-B", `${PROGRAMS_FOLDER}/take.py`],
            args: [args.package, CODE_FOLDER],
            mounts: shared,
          },
        },
        command: ["python3", "-B", `${PROGRAMS_FOLDER}/test.py`],
        args: [
          `--sources=${sources}`,
          `--package=${args.package}`,
          `--code=${CODE_FOLDER}`,
          `--folder=${TESTS_FOLDER}`,
          "--",
          ...args.command,
        ],
        env: {
          ...applicationEnv(args.application),
          ...databaseEnv(args.database),
          ...queueEnv(args.queue),
        },
        mounts: [
          ...shared,
          { scratch: "tests", path: TESTS_FOLDER, sizeLimit: "1Gi" },
          { scratch: "tmp", path: "/tmp", sizeLimit: "1Gi" },
          // The image has this folder, in which clones are made, below the one that is mounted here.
          { scratch: "clones", path: "/tmp/sandcastle", sizeLimit: "1Gi" },
          // rpm's `_tmppath`.
          { scratch: "var-tmp", path: "/var/tmp", sizeLimit: "256Mi" },
        ],
      },
      child,
    );
    this.registerOutputs({});
  }
}
