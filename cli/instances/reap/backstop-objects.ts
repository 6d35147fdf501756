import { BACKSTOP, type Manifest } from "../leases/namespace";
import { CONTROL_NAMESPACE } from "../record";

/** Any image with Python 3 and a user of its own. None that somebody's instance runs: this one may delete namespaces. */
const IMAGE = "quay.io/sclorg/python-312-c9s:c9s";

/** Where the programs are in the pod. */
const FOLDER = "/jobs";

/** A run that takes longer has failed; it gives up by itself after seven minutes. */
const DEADLINE_SECONDS = 600;

const LABELS = { "app.kubernetes.io/part-of": "packit", component: BACKSTOP };
const RBAC = "rbac.authorization.k8s.io";
const ACCOUNT = `system:serviceaccount:${CONTROL_NAMESPACE}:${BACKSTOP}`;

/** Which namespaces it may delete, whatever its program does: those that have a test instance's labels and name. */
const OWN_NAMESPACES = [
  "has(oldObject.metadata.labels)",
  "oldObject.metadata.labels[?'app.kubernetes.io/part-of'].orValue('') == 'packit'",
  "oldObject.metadata.labels[?'app.kubernetes.io/managed-by'].orValue('') == 'pulumi'",
  "oldObject.metadata.labels[?'app.kubernetes.io/instance'].orValue('')" +
    ".matches('^(dev|stg|prod|fedora-ci-stg)-[a-z0-9-]+$')",
  "oldObject.metadata.name.matches('^(packit-|[a-z0-9]+(-[a-z0-9]+)*--)?' + " +
    "oldObject.metadata.labels['app.kubernetes.io/instance'] + '(-sandbox)?$')",
].join(" && ");

/**
 * What it takes to have forgotten test instances taken down from within their cluster, in the order in which it is
 * made: what holds the account to its namespaces comes before its rights, and the CronJob last.
 *
 * @param programs - Those of `jobs/reap`, by file name.
 */
export function backstopObjects(programs: Readonly<Record<string, string>>): readonly Manifest[] {
  const everywhere = { name: BACKSTOP, labels: LABELS };
  const metadata = { ...everywhere, namespace: CONTROL_NAMESPACE };
  const subjects = [{ kind: "ServiceAccount", name: BACKSTOP, namespace: CONTROL_NAMESPACE }];
  const bound = (kind: "Role" | "ClusterRole") => ({
    roleRef: { apiGroup: RBAC, kind, name: BACKSTOP },
    subjects,
  });
  const [admission, rbac] = ["admissionregistration.k8s.io/v1", `${RBAC}/v1`];
  return [
    {
      apiVersion: admission,
      kind: "ValidatingAdmissionPolicy",
      metadata: everywhere,
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: [
            { apiGroups: [""], apiVersions: ["v1"], operations: ["DELETE"], resources: ["namespaces"] },
          ],
        },
        matchConditions: [{ name: "backstop", expression: `request.userInfo.username == '${ACCOUNT}'` }],
        validations: [{ expression: OWN_NAMESPACES, message: "this is no test instance's namespace" }],
      },
    },
    {
      apiVersion: admission,
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: everywhere,
      spec: { policyName: BACKSTOP, validationActions: ["Deny"] },
    },
    {
      apiVersion: rbac,
      kind: "ClusterRole",
      metadata: everywhere,
      rules: [{ apiGroups: [""], resources: ["namespaces"], verbs: ["get", "list", "delete"] }],
    },
    { apiVersion: "v1", kind: "ServiceAccount", metadata, automountServiceAccountToken: false },
    { apiVersion: rbac, kind: "ClusterRoleBinding", metadata: everywhere, ...bound("ClusterRole") },
    {
      apiVersion: rbac,
      kind: "Role",
      metadata,
      rules: [
        {
          apiGroups: ["coordination.k8s.io"],
          resources: ["leases"],
          verbs: ["list", "create", "update", "delete"],
        },
      ],
    },
    { apiVersion: rbac, kind: "RoleBinding", metadata, ...bound("Role") },
    { apiVersion: "v1", kind: "ConfigMap", metadata, data: programs },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata,
      spec: { podSelector: { matchLabels: { component: BACKSTOP } }, policyTypes: ["Ingress"] },
    },
    {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata,
      spec: {
        schedule: "53 * * * *",
        timeZone: "Etc/UTC",
        concurrencyPolicy: "Forbid",
        startingDeadlineSeconds: 1800,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: { metadata: { labels: LABELS }, spec: jobSpec() },
      },
    },
  ];
}

function jobSpec(): object {
  return {
    activeDeadlineSeconds: DEADLINE_SECONDS,
    backoffLimit: 0,
    template: {
      metadata: { labels: LABELS },
      spec: {
        serviceAccountName: BACKSTOP,
        automountServiceAccountToken: true,
        enableServiceLinks: false,
        restartPolicy: "Never",
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
        containers: [
          {
            name: BACKSTOP,
            image: IMAGE,
            command: ["python3", "-B", `${FOLDER}/main.py`],
            resources: {
              requests: { cpu: "5m", memory: "32Mi" },
              limits: { cpu: "200m", memory: "128Mi" },
            },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ["ALL"] },
            },
            volumeMounts: [{ name: "program", mountPath: FOLDER, readOnly: true }],
          },
        ],
        volumes: [{ name: "program", configMap: { name: BACKSTOP } }],
      },
    },
  };
}
