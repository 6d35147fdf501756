import assert from "node:assert/strict";

import { closureFindings } from "./closure";
import { web, type Example } from "./example";
import { ClusterObjects } from "./objects";

function findings(example: Example): string[] {
  return closureFindings(new ClusterObjects(example.registered()));
}

describe("the closure of references", () => {
  it("finds nothing in a whole example", () => {
    assert.deepEqual(findings(web()), []);
  });

  const broken: readonly (readonly [
    what: string,
    breakIt: (example: Example) => void,
    ...findings: string[],
  ])[] = [
    [
      "a Secret of a volume",
      (example) => {
        example.remove("Secret", "web-tls");
      },
      "Deployment/web, volume tls: there is no Secret web-tls in packit-dev",
    ],
    [
      "a Secret of another namespace",
      (example) => {
        example.object("Secret", "web-tls").metadata.namespace = "elsewhere";
      },
      "Deployment/web, volume tls: there is no Secret web-tls in packit-dev",
    ],
    [
      "a ConfigMap of a projected volume",
      (example) => {
        example.remove("ConfigMap", "web-config");
      },
      "Deployment/web, volume config: there is no ConfigMap web-config in packit-dev",
    ],
    [
      "a key of a volume's items",
      (example) => {
        example.object("ConfigMap", "web-config").data = {};
      },
      "Deployment/web, volume config: ConfigMap web-config has no key web.conf",
    ],
    [
      "a file of a sub-path",
      (example) => {
        example.container.volumeMounts[1].subPath = "privkey.pem";
      },
      "Deployment/web, container web, mount /tls/cert.pem: volume tls shows no file privkey.pem",
    ],
    [
      "a key of an environment variable",
      (example) => {
        example.container.env[0].valueFrom.secretKeyRef.key = "user";
      },
      "Deployment/web, container web, variable PASSWORD: Secret web-login has no key user",
    ],
    [
      "a ConfigMap of the whole environment",
      (example) => {
        example.container.envFrom = [{ configMapRef: { name: "missing" } }];
      },
      "Deployment/web, container web: there is no ConfigMap missing in packit-dev",
    ],
    [
      "a claim",
      (example) => {
        example.remove("PersistentVolumeClaim", "web");
      },
      "Deployment/web, volume data: there is no claim web in packit-dev",
    ],
    [
      "a volume of a mount",
      (example) => {
        example.container.volumeMounts[0].name = "confg";
      },
      "Deployment/web, volume config: no container mounts it",
      "Deployment/web, container web, mount /etc/web: there is no volume confg",
    ],
    [
      "D01: a mount of a volume",
      (example) => {
        example.pods.volumes.push({ name: "shared-memory", emptyDir: {} });
      },
      "Deployment/web, volume shared-memory: no container mounts it",
    ],
    [
      "room for a second mount at one path",
      (example) => {
        example.container.volumeMounts.push({ name: "data", mountPath: "/etc/web" });
      },
      "Deployment/web, container web, mount /etc/web: something else is mounted there already",
    ],
    [
      "a service account",
      (example) => {
        example.remove("ServiceAccount", "web");
      },
      "Deployment/web: there is no ServiceAccount web in packit-dev",
      "RoleBinding/sandbox: there is no ServiceAccount web in packit-dev",
    ],
    [
      "a pull secret",
      (example) => {
        example.pods.imagePullSecrets = [{ name: "pull" }];
      },
      "Deployment/web, pull secret: there is no Secret pull in packit-dev",
    ],
    [
      "D10: a probe's port",
      (example) => {
        example.container.readinessProbe.httpGet.port = 443;
      },
      "Deployment/web, container web, readiness probe: the container has no port 443",
    ],
    [
      "a workload's own pods",
      (example) => {
        example.object("Deployment", "web").spec.selector.matchLabels.component = "api";
      },
      "Deployment/web: its selector does not match its own pods",
    ],
    [
      "D04: a StatefulSet's Service",
      (example) => {
        example.object("StatefulSet", "worker").spec.serviceName = "workers";
      },
      "StatefulSet/worker: there is no Service workers in packit-dev",
    ],
    [
      "pods behind a StatefulSet's Service",
      (example) => {
        example.object("StatefulSet", "worker").spec.serviceName = "web";
      },
      "StatefulSet/worker: Service web does not select its pods",
    ],
    [
      "a claim template's mount",
      (example) => {
        example.object("StatefulSet", "worker").spec.template.spec.containers[0].volumeMounts = [];
      },
      "StatefulSet/worker, claim template cache: no container mounts it",
    ],
    [
      "a Service's pods",
      (example) => {
        example.object("Service", "worker").spec.selector.component = "api";
      },
      "StatefulSet/worker: Service worker does not select its pods",
      "Service/worker: it selects no pods in packit-dev",
    ],
    [
      "a Service's target port",
      (example) => {
        example.object("Service", "web").spec.ports[0].targetPort = "http";
      },
      "Service/web: no container of Deployment/web has port http",
    ],
    [
      "a Route's Service",
      (example) => {
        example.object("Route", "web").spec.to.name = "api";
      },
      "Route/web: there is no Service api in packit-dev",
    ],
    [
      "a Route's port",
      (example) => {
        example.object("Route", "web").spec.port.targetPort = "http";
      },
      "Route/web: Service web has no port http",
    ],
    [
      "an Ingress's port",
      (example) => {
        example.object("Ingress", "web").spec.rules[0].http.paths[0].backend.service.port = { number: 80 };
      },
      "Ingress/web: Service web has no port 80",
    ],
    [
      "an Ingress's certificate",
      (example) => {
        example.object("Ingress", "web").spec.tls = [{ secretName: "missing" }];
      },
      "Ingress/web, TLS: there is no Secret missing in packit-dev",
    ],
    [
      "a disruption budget's pods",
      (example) => {
        example.object("PodDisruptionBudget", "web").spec.selector.matchLabels.component = "api";
      },
      "PodDisruptionBudget/web: it selects no pods in packit-dev",
    ],
    [
      "a NetworkPolicy's pods",
      (example) => {
        example.object("NetworkPolicy", "web").spec.podSelector.matchLabels.component = "api";
      },
      "NetworkPolicy/web: it selects no pods in packit-dev",
    ],
    [
      "a NetworkPolicy's port",
      (example) => {
        example.object("NetworkPolicy", "web").spec.ingress[0].ports[0].port = 443;
      },
      "NetworkPolicy/web: no container of Deployment/web has port 443",
    ],
    [
      "a bound role",
      (example) => {
        example.remove("Role", "sandbox");
      },
      "RoleBinding/sandbox: there is no Role sandbox",
    ],
    [
      "D24: a bound account",
      (example) => {
        example.object("RoleBinding", "sandbox").subjects[0].namespace = "packit-dev-sandbox";
      },
      "RoleBinding/sandbox: there is no ServiceAccount web in packit-dev-sandbox",
    ],
    [
      "anybody who is bound",
      (example) => {
        example.object("RoleBinding", "sandbox").subjects = [];
      },
      "RoleBinding/sandbox: it names nobody",
    ],
    [
      "D33: a trigger's ImageStream",
      (example) => {
        example.object("StatefulSet", "worker").spec.template.spec.containers[0].image =
          "quay.io/packit/worker:1";
        example.remove("ImageStream", "worker");
      },
      "StatefulSet/worker, trigger: there is no ImageStream tag worker:dev in packit-dev",
    ],
    [
      "an image's ImageStream tag",
      (example) => {
        example.object("StatefulSet", "worker").spec.template.spec.containers[0].image = "worker:stg";
      },
      "StatefulSet/worker, container worker: there is no ImageStream tag worker:stg in packit-dev",
    ],
    [
      "a trigger's container",
      (example) => {
        example.object("StatefulSet", "worker").spec.template.spec.containers[0].name = "main";
      },
      'StatefulSet/worker, trigger: no container is at spec.template.spec.containers[?(@.name=="worker")].image',
    ],
  ];
  for (const [what, breakIt, ...expected] of broken) {
    it(`misses ${what}`, () => {
      const example = web();
      breakIt(example);
      assert.deepEqual(findings(example), expected);
    });
  }

  it("does not miss what is optional", () => {
    const example = web();
    example.container.env[0].valueFrom.secretKeyRef = { name: "missing", key: "any", optional: true };
    assert.deepEqual(findings(example), []);
  });
});
