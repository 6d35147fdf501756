/** A pod template that a namespace under Pod Security `restricted` takes. */
export const template = (labels: string, more = ""): string => `{
  metadata: { labels: ${labels} },
  spec: {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [{
      name: "web", image: "nginx:1",
      resources: { requests: { cpu: "100m", memory: "1Gi" }, limits: { cpu: "1000m", memory: "1Gi" } },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    }],
    ${more}
  },
}`;
