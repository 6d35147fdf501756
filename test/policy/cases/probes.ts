import { liveness } from "../../../policy/rules/probes/liveness";
import { patience } from "../../../policy/rules/probes/patience";
import { port } from "../../../policy/rules/probes/port";
import { readiness } from "../../../policy/rules/probes/readiness";
import type { Case } from "../cases";
import { container, containerWith } from "../drafts";

export const probesCases: readonly Case[] = [
  {
    rule: readiness,
    on: "Deployment/packit-service",
    bad: containerWith({ readinessProbe: undefined }),
    says: ["Deployment/packit-service: container packit-service has no readiness probe"],
  },
  {
    rule: liveness,
    on: "Deployment/packit-service",
    bad: containerWith({ livenessProbe: undefined }),
    says: ["Deployment/packit-service: container packit-service has no liveness probe"],
  },
  {
    rule: port,
    on: "Deployment/packit-service",
    good: containerWith({
      livenessProbe: { tcpSocket: { port: "https" } },
      ports: [{ name: "https", containerPort: 8443 }],
    }),
    bad: containerWith({ livenessProbe: { tcpSocket: { port: 8000 } } }),
    says: [
      "Deployment/packit-service: the livenessProbe of container packit-service asks port 8000, which the container does not have",
    ],
  },
  {
    rule: patience,
    on: "Deployment/packit-service",
    good: (draft) => {
      const { readinessProbe } = container(draft);
      container(draft).livenessProbe = { ...readinessProbe, failureThreshold: 10, periodSeconds: 30 };
    },
    bad: (draft) => {
      const { readinessProbe } = container(draft);
      container(draft).livenessProbe = readinessProbe;
    },
    says: [
      "Deployment/packit-service: container packit-service is restarted by the probe that makes it unready, and no later",
    ],
  },
];
