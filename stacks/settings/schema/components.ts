import * as z from "zod";

import { bytes, count, cpu, host, line, url } from "./values";

/** Which optional components there are. nginx is there whenever Flower or the pushgateway is (D07, D08). */
export const components = z.strictObject({
  dashboard: z.boolean().meta({ description: "The dashboard." }),
  beat: z.boolean().meta({ description: "Starts the periodic jobs." }),
  fedmsg: z.boolean().meta({ description: "Listens to Fedora's message bus." }),
  centosmsg: z.boolean().meta({ description: "Listens to CentOS Stream's messages." }),
  tokman: z.boolean().meta({ description: "Keeps the tokens of the GitHub App." }),
  redisCommander: z.boolean().meta({
    description: "redis-commander, which shows and changes the keys of the key-value store.",
  }),
  fluentdSidecar: z.boolean().meta({
    description: "A container beside the web API and the workers that sends their logs to Splunk.",
  }),
  flower: z.boolean().meta({ description: "Flower, which shows queues and tasks, behind nginx." }),
  pushgateway: z.boolean().meta({ description: "Collects the workers' metrics, published by nginx." }),
  sandbox: z.boolean().meta({
    description: "Run users' commands in pods of a namespace of their own. Off: in the worker itself.",
  }),
});

const amounts = {
  memory: bytes.meta({ description: "Memory." }),
  cpu: cpu.meta({ description: "Processor time." }),
};

const requests = z
  .strictObject({
    ...amounts,
    ephemeralStorage: bytes.exactOptional().meta({ description: "Scratch space on the node." }),
  })
  .meta({ description: "What a pod is promised." });

const limits = z.strictObject(amounts).meta({ description: "What a pod may use at most." });

/** What a component's containers may use. */
export const sized = { requests, limits };

const replicas = count(1, 20).meta({ description: "Number of pods." });

/** A component with one pod at a time, by its nature. */
export const single = z.strictObject(sized);

/** A component with as many pods as wanted. */
export const replicated = z.strictObject({ replicas, ...sized });

const worker = z.strictObject({
  replicas: count(0, 50).meta({ description: "Number of pods; 0: no such worker." }),
  concurrency: count(1, 100).meta({ description: "Tasks that one pod works on at once." }),
  graceSeconds: count(10, 7200).meta({
    description: "Seconds that a stopped worker has to finish its tasks.",
  }),
  ...sized,
});

/** The web pages, which show the data of one service or several. */
const dashboard = z.strictObject({
  ...replicated.shape,
  backends: z
    .array(
      z.strictObject({
        name: line.meta({ description: "What users choose the service by.", example: "Fedora CI" }),
        context: z
          .string()
          .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
          .meta({
            description: "What addresses of its pages begin with.",
            allowed: "words of small letters and digits, joined by hyphens",
            example: "fedora-ci",
          }),
        host: host.meta({ description: "Public host of its API.", example: "prod.fedora-ci.packit.dev" }),
      }),
    )
    .exactOptional()
    .meta({
      description:
        "Further services whose data the dashboard shows, beside the stack's own. The pages get the list at `/backends.json`, and may load data from nobody else.",
    }),
});

/** One pod at a time, with a server that runs several processes and a volume. */
const tokman = z.strictObject({
  workers: count(1, 16).meta({ description: "Processes that answer requests." }),
  storage: bytes.meta({ description: "Size of the volume with the tokens.", example: "1Gi" }),
  ...sized,
});

const filler = z.strictObject({
  deadlineMinutes: count(1, 1440).meta({
    description:
      "Minutes after which filling a volume has failed. Nobody else can take the volume meanwhile.",
  }),
  ...sized,
});

/** Settings of the workloads. */
export const workloads = {
  api: replicated.meta({ description: "The web API." }),
  workers: z
    .strictObject({
      all: worker.meta({ description: "Workers that take tasks of every queue." }),
      shortRunning: worker.meta({ description: "Workers of the queue short-running." }),
      longRunning: worker.meta({ description: "Workers of the queues long-running and rate-limited." }),
    })
    .meta({ description: "The three kinds of worker." }),
  beat: single.meta({ description: "Starts the periodic jobs." }),
  fedmsg: single.meta({ description: "Listens to Fedora's message bus." }),
  centosmsg: single.meta({ description: "Listens to CentOS Stream's messages." }),
  tokman: tokman.meta({ description: "Keeps the tokens of the GitHub App." }),
  redisCommander: single.meta({ description: "redis-commander." }),
  fluentdSidecar: single.meta({ description: "The container that sends logs to Splunk, in each pod." }),
  dashboard: dashboard.meta({ description: "The dashboard." }),
  flower: single.meta({ description: "Flower." }),
  pushgateway: single.meta({ description: "The pushgateway." }),
  nginx: replicated.meta({ description: "nginx in front of Flower and the pushgateway." }),
  repositoryCache: z
    .strictObject({
      enabled: z.boolean().meta({ description: "Keep clones of big repositories on volumes." }),
      storage: bytes.meta({ description: "Size of each cache volume.", example: "4Gi" }),
      repositories: z
        .array(url.meta({ example: "https://src.fedoraproject.org/rpms/kernel" }))
        .meta({ description: "Repositories that every cache volume is filled with." }),
    })
    .meta({ description: "Volumes with clones of big repositories, for workers and sandbox." }),
  repositoryCacheFiller: filler.meta({
    description: "The Jobs that fill the cache volumes with `repositoryCache.repositories`.",
  }),
};
