import { join } from "node:path";

import { credentialFiles } from "./credentials";
import type { ClusterPaths } from "./paths";
import { loopback } from "./ports";

/** What the control plane is made of, in the order of starting. */
export const programNames = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
  "openshift-stand-in",
] as const;

/** One process of the control plane. */
export type ProgramName = (typeof programNames)[number];

/** Where the programs are, as `make setup` has left them. */
export interface Installation {
  /** Folder of etcd, kube-apiserver, kube-controller-manager, kube-scheduler and kwok. */
  readonly binaries: string;
  /** Bundle of the controller that stands in for OpenShift's own. */
  readonly controller: string;
  /** File with kwok's stages. */
  readonly stages: string;
  /** File with the custom resource definitions, a JSON list. */
  readonly definitions: string;
}

/** A command line. It is run in the control plane's run folder. */
export interface Program {
  readonly name: ProgramName;
  readonly command: string;
  readonly args: readonly string[];
}

/** Relative to the run folder: a socket's path may have no more than 108 characters, a clone's folder may have more. */
const dataSocket = "unix://etcd.sock:0";
const peerSocket = "unix://peer.sock:0";
/** Never listened on: etcd wants its one member to have an address. */
const peerName = "http://localhost:2380";

/** Objects a second, and in a burst, that the controllers may send; the default of 20 holds up several instances. */
const clientRate = ["--kube-api-qps", "200", "--kube-api-burst", "400"];

/** The certificate authority, written beside the keys once the API server has made it. */
export const authorityFile = "ca.crt";

/** The file that sets what admission demands. */
export const admissionFile = "admission.yaml";

/** Makes every namespace that says nothing else refuse pods that are not fit for `restricted`. */
export const admissionConfiguration = {
  apiVersion: "apiserver.config.k8s.io/v1",
  kind: "AdmissionConfiguration",
  plugins: [
    {
      name: "PodSecurity",
      configuration: {
        apiVersion: "pod-security.admission.config.k8s.io/v1",
        kind: "PodSecurityConfiguration",
        defaults: { enforce: "restricted", "enforce-version": "latest", warn: "restricted" },
        exemptions: { namespaces: ["kube-system"] },
      },
    },
  ],
};

/** The command line of each program. */
export function programs(paths: ClusterPaths, installation: Installation, port: number): readonly Program[] {
  const binary = (name: string): string => join(installation.binaries, name);
  const { serviceAccountKey, tokens, certificates } = credentialFiles;
  return [
    {
      name: "etcd",
      command: binary("etcd"),
      args: [
        ...["--name", "local", "--data-dir", paths.data, "--log-level", "warn"],
        // Losing the last second at a power cut is no harm here; waiting for the disk is.
        "--unsafe-no-fsync",
        ...["--listen-client-urls", dataSocket, "--advertise-client-urls", dataSocket],
        ...["--listen-peer-urls", peerSocket, "--initial-advertise-peer-urls", peerName],
        ...["--initial-cluster", `local=${peerName}`],
        ...["--auto-compaction-mode", "periodic", "--auto-compaction-retention", "30m"],
      ],
    },
    {
      name: "kube-apiserver",
      command: binary("kube-apiserver"),
      args: [
        ...["--etcd-servers", dataSocket],
        ...["--bind-address", loopback, "--advertise-address", loopback, "--secure-port", String(port)],
        ...["--cert-dir", certificates, "--token-auth-file", tokens, "--anonymous-auth=false"],
        ...["--service-account-issuer", "https://kubernetes.default.svc"],
        ...["--service-account-key-file", serviceAccountKey],
        ...["--service-account-signing-key-file", serviceAccountKey],
        ...["--authorization-mode", "RBAC", "--admission-control-config-file", admissionFile],
        ...["--service-cluster-ip-range", "10.96.0.0/16", "--endpoint-reconciler-type", "none"],
        "--profiling=false",
      ],
    },
    {
      name: "kube-controller-manager",
      command: binary("kube-controller-manager"),
      args: [
        ...[
          "--kubeconfig",
          paths.kubeconfig,
          "--leader-elect=false",
          "--secure-port",
          "0",
          "--profiling=false",
        ],
        ...["--service-account-private-key-file", serviceAccountKey, "--root-ca-file", authorityFile],
        ...["--controllers=*,-nodeipam", ...clientRate],
      ],
    },
    {
      name: "kube-scheduler",
      command: binary("kube-scheduler"),
      args: [
        ...[
          "--kubeconfig",
          paths.kubeconfig,
          "--leader-elect=false",
          "--secure-port",
          "0",
          "--profiling=false",
        ],
        ...clientRate,
      ],
    },
    {
      name: "kwok",
      command: binary("kwok"),
      args: [
        ...["--kubeconfig", paths.kubeconfig, "--manage-all-nodes", "--config", installation.stages],
        ...["--cidr", "10.128.0.0/14"],
        // Without leases the node turns NotReady after 40 s, and its pods with it.
        "--node-lease-duration-seconds=40",
      ],
    },
    {
      name: "openshift-stand-in",
      command: process.execPath,
      args: ["--max-semi-space-size=1", installation.controller, paths.kubeconfig],
    },
  ];
}
