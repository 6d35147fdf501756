import type { BuildStep } from "../model";
import { buildCommand, pushCommand } from "./buildah";
import { FETCH_ENVIRONMENT, fetchCommands } from "./fetch";
import type { BuilderSettings, PushingSettings } from "./settings";

/** Annotation with a layer's Containerfile, which the pod reads as a file. */
export const CONTAINERFILE_ANNOTATION = "packit.dev/containerfile";

const SOURCE = "/work/source";
const STORAGE = ["--storage-driver=overlay", "--root=/work/storage", "--runroot=/work/run"];

const SECURITY = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

const ENVIRONMENT = [
  { name: "HOME", value: "/tmp" },
  { name: "TMPDIR", value: "/var/tmp" },
  { name: "XDG_RUNTIME_DIR", value: "/tmp" },
];

/**
 * The containers of a build, one after the other. Only the last has the registry's password, and it runs nothing of
 * what was built.
 */
export function containersOf(step: BuildStep, settings: PushingSettings) {
  const { cpu, memory, disk, image, gitImage, registry, pushSecret } = settings;
  const small = { cpu: "500m", memory: "1Gi", "ephemeral-storage": disk };
  const mounts = [
    { name: "work", mountPath: "/work" },
    { name: "temporary", mountPath: "/tmp" },
    { name: "temporary", mountPath: "/var/tmp" },
  ];
  const common = { volumeMounts: mounts, terminationMessagePolicy: "FallbackToLogsOnError" };
  const restricted = {
    ...common,
    resources: { limits: small, requests: { cpu: "100m", memory: "256Mi" } },
    securityContext: { ...SECURITY, seccompProfile: { type: "RuntimeDefault" } },
  };
  const fetches = step.kind === "layer" ? [] : fetchCommands(step, SOURCE);
  const isLayer = step.kind === "layer";
  const build = {
    ...common,
    name: "build",
    image,
    command: [
      "buildah",
      ...buildCommand(step, {
        storage: STORAGE,
        context: isLayer ? "/work/empty" : SOURCE,
        containerfile: "/containerfile/Containerfile",
      }),
    ],
    env: ENVIRONMENT,
    resources: {
      limits: { cpu, memory, "ephemeral-storage": disk },
      requests: { cpu: "500m", memory: "1Gi" },
    },
    securityContext: {
      ...SECURITY,
      // newuidmap gives a user its range of further users, in whose namespace an image has its root.
      allowPrivilegeEscalation: true,
      capabilities: { drop: ["ALL"], add: ["SETUID", "SETGID"] },
      ...(settings.seccompProfile !== undefined && {
        seccompProfile: { type: "Localhost", localhostProfile: settings.seccompProfile },
      }),
    },
    ...(isLayer && {
      volumeMounts: [
        ...mounts,
        { name: "empty", mountPath: "/work/empty", readOnly: true },
        { name: "containerfile", mountPath: "/containerfile", readOnly: true },
      ],
    }),
  };
  const push = {
    ...build,
    name: "push",
    command: [
      "buildah",
      ...pushCommand(step, registry, {
        storage: STORAGE,
        digestFile: "/dev/termination-log",
        ...(pushSecret !== undefined && { authFile: "/push/auth.json" }),
      }),
    ],
    resources: restricted.resources,
    volumeMounts: [
      ...mounts,
      ...(pushSecret === undefined ? [] : [{ name: "push", mountPath: "/push", readOnly: true }]),
    ],
  };
  return {
    initContainers: [
      ...fetches.map((args, index) => ({
        ...restricted,
        name: `fetch-${index + 1}`,
        image: gitImage,
        command: ["git", ...args],
        env: [...Object.entries(FETCH_ENVIRONMENT).map(([name, value]) => ({ name, value })), ...ENVIRONMENT],
      })),
      build,
    ],
    containers: [push],
  };
}

/** What they share, and what some of them alone get. */
export function volumesOf(step: BuildStep, { disk, pushSecret }: BuilderSettings) {
  return [
    { name: "work", emptyDir: { sizeLimit: disk } },
    { name: "temporary", emptyDir: { sizeLimit: disk } },
    ...(step.kind === "layer"
      ? [
          { name: "empty", emptyDir: {} },
          {
            name: "containerfile",
            downwardAPI: {
              items: [
                {
                  path: "Containerfile",
                  fieldRef: { fieldPath: `metadata.annotations['${CONTAINERFILE_ANNOTATION}']` },
                },
              ],
            },
          },
        ]
      : []),
    ...(pushSecret === undefined
      ? []
      : [
          {
            name: "push",
            secret: {
              secretName: pushSecret,
              defaultMode: 0o440,
              items: [{ key: ".dockerconfigjson", path: "auth.json" }],
            },
          },
        ]),
  ];
}
