import { triggerAnnotation } from "../../components/platform/image";
import type { PolicyResource } from "../../policy/resource";

/* eslint-disable @typescript-eslint/no-explicit-any -- tests break these objects in places of their choice */

const NAMESPACE = "packit-dev";

interface Entry {
  readonly apiVersion: string;
  readonly kind: string;
  readonly body: any;
}

/** A few objects that tests may change before they look at them. */
export class Example {
  readonly #objects: Entry[] = [];

  add(apiVersion: string, kind: string, name: string, body: object, namespace = NAMESPACE): this {
    this.#objects.push({
      apiVersion,
      kind,
      body: { ...body, metadata: { name, namespace, ...metadata(body) } },
    });
    return this;
  }

  remove(kind: string, name: string): void {
    this.#objects.splice(this.#objects.indexOf(this.#find(kind, name)), 1);
  }

  /** The fields of an object, to be changed. */
  object(kind: string, name: string): any {
    return this.#find(kind, name).body;
  }

  /** The pods of the Deployment `web`. */
  get pods(): any {
    return this.object("Deployment", "web").spec.template.spec;
  }

  get container(): any {
    return this.pods.containers[0];
  }

  registered(): PolicyResource[] {
    return this.#objects.map(({ apiVersion, kind, body }) => ({
      type: `kubernetes:${apiVersion}:${kind}`,
      name: body.metadata.name,
      inputs: body,
      protect: false,
    }));
  }

  #find(kind: string, name: string): Entry {
    const found = this.#objects.find((object) => object.kind === kind && object.body.metadata.name === name);
    if (found === undefined) throw new Error(`the example has no ${kind}/${name}`);
    return found;
  }
}

function metadata(body: { metadata?: object }): object {
  return body.metadata ?? {};
}

function template(component: string, spec: object): object {
  return { metadata: { labels: { component } }, spec };
}

function selector(component: string): object {
  return { matchLabels: { component } };
}

/** A web server with everything that a workload can refer to, and a worker that may use a sandbox. */
export function web(): Example {
  const container = {
    name: "web",
    image: "quay.io/packit/web:1",
    ports: [{ name: "https", containerPort: 8443 }],
    env: [
      { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "web-login", key: "password" } } },
      { name: "MODE", value: "web" },
    ],
    readinessProbe: { httpGet: { path: "/", port: 8443 } },
    livenessProbe: { tcpSocket: { port: "https" } },
    securityContext: { readOnlyRootFilesystem: true },
    volumeMounts: [
      { name: "config", mountPath: "/etc/web", readOnly: true },
      { name: "tls", mountPath: "/tls/cert.pem", subPath: "cert.pem", readOnly: true },
      { name: "data", mountPath: "/var/lib/web" },
    ],
  };
  const volumes = [
    {
      name: "config",
      projected: {
        sources: [
          { configMap: { name: "web-config", items: [{ key: "web.conf", path: "conf.d/web.conf" }] } },
        ],
      },
    },
    { name: "tls", secret: { secretName: "web-tls" } },
    { name: "data", persistentVolumeClaim: { claimName: "web" } },
  ];
  const worker = {
    name: "worker",
    image: "worker:dev",
    volumeMounts: [{ name: "cache", mountPath: "/cache" }],
  };
  const follows = triggerAnnotation({ reference: "", trigger: { stream: "worker", tag: "dev" } }, "worker");
  return new Example()
    .add("v1", "Secret", "web-login", { data: { password: "c2VjcmV0" } })
    .add("v1", "Secret", "web-tls", { stringData: { "cert.pem": "certificate" } })
    .add("v1", "ConfigMap", "web-config", { data: { "web.conf": "listen 8443" } })
    .add("v1", "PersistentVolumeClaim", "web", {})
    .add("v1", "ServiceAccount", "web", {})
    .add("apps/v1", "Deployment", "web", {
      spec: {
        selector: selector("web"),
        template: template("web", { serviceAccountName: "web", containers: [container], volumes }),
      },
    })
    .add("v1", "Service", "web", {
      spec: { selector: { component: "web" }, ports: [{ name: "web-https", port: 443, targetPort: 8443 }] },
    })
    .add("route.openshift.io/v1", "Route", "web", {
      spec: { to: { kind: "Service", name: "web" }, port: { targetPort: "web-https" } },
    })
    .add("networking.k8s.io/v1", "Ingress", "web", {
      spec: {
        rules: [
          { http: { paths: [{ backend: { service: { name: "web", port: { name: "web-https" } } } }] } },
        ],
      },
    })
    .add("policy/v1", "PodDisruptionBudget", "web", { spec: { selector: selector("web") } })
    .add("networking.k8s.io/v1", "NetworkPolicy", "web", {
      spec: {
        podSelector: selector("web"),
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ podSelector: selector("worker") }], ports: [{ protocol: "TCP", port: 8443 }] }],
      },
    })
    .add("image.openshift.io/v1", "ImageStream", "worker", { spec: { tags: [{ name: "dev" }] } })
    .add("apps/v1", "StatefulSet", "worker", {
      metadata: { annotations: follows },
      spec: {
        selector: selector("worker"),
        serviceName: "worker",
        template: template("worker", { containers: [worker] }),
        volumeClaimTemplates: [{ metadata: { name: "cache" } }],
      },
    })
    .add("v1", "Service", "worker", { spec: { clusterIP: "None", selector: { component: "worker" } } })
    .add("rbac.authorization.k8s.io/v1", "Role", "sandbox", {}, "packit-dev-sandbox")
    .add(
      "rbac.authorization.k8s.io/v1",
      "RoleBinding",
      "sandbox",
      {
        roleRef: { kind: "Role", name: "sandbox" },
        subjects: [{ kind: "ServiceAccount", name: "web", namespace: NAMESPACE }],
      },
      "packit-dev-sandbox",
    );
}
