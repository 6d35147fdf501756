import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { ConfigFiles } from "../platform/files";
import type { Mount } from "../platform/mounts";
import type { PodIdentity } from "../platform/pod";
import { objectLabels, type Site } from "../platform/site";

/** A user of Copr's services. Its name counts: maintenance scripts refuse to run under another one (C32). */
export interface ServiceUser extends PodIdentity {
  readonly name: string;
  /** Folder that ssh and gpg take for home, whatever `HOME` says. */
  readonly home: string;
}

/** Group that owns what the images let their user write to. */
const IMAGE_GROUP = 0;

/**
 * Fixed numbers, whatever an image's packages were given on the day of its build (B16). Keygen's and Pulp's are their
 * images' own; the backend's is that of its volumes so far.
 */
export const USERS = {
  frontend: { name: "copr-fe", uid: 986, gid: IMAGE_GROUP, home: "/usr/share/copr/coprs_frontend" },
  backend: { name: "copr", uid: 987, gid: IMAGE_GROUP, home: "/home/copr" },
  distGit: { name: "copr-dist-git", uid: 988, gid: IMAGE_GROUP, home: "/home/copr-dist-git" },
  results: { name: "nginx", uid: 998, gid: IMAGE_GROUP, home: "/var/lib/nginx" },
  resalloc: { name: "resalloc", uid: 989, gid: IMAGE_GROUP, home: "/home/resalloc" },
  pulp: { name: "pulp", uid: 700, gid: 700, home: "/var/lib/pulp" },
  keygen: { name: "copr-signer", uid: 993, gid: 992, home: "/var/lib/copr-keygen" },
} as const satisfies Readonly<Record<string, ServiceUser>>;

const PASSWD_KEY = "users";

/** What OpenShift's rules call the right to a fixed user other than root. */
const FIXED_USER_ROLE = "system:openshift:scc:nonroot-v2";

/** A user in a namespace: the file that names it, and what its pods wait for. */
export interface InstalledUser {
  readonly mount: Mount;
  readonly identity: PodIdentity;
  readonly after: readonly pulumi.Resource[];
}

/**
 * Gives a component's pods a user with a name.
 *
 * @param accounts - Service accounts of the pods that run as this user.
 */
export function installUser(
  component: string,
  args: { readonly site: Site; readonly user: ServiceUser; readonly accounts: readonly string[] },
  opts: pulumi.CustomResourceOptions,
): InstalledUser {
  const { site, user, accounts } = args;
  const files = new ConfigFiles(`${component}-users`, { site, data: { [PASSWD_KEY]: passwd(user) } }, opts);
  return {
    mount: { path: "/etc/passwd", files: [{ from: files }], subPath: PASSWD_KEY },
    identity: { uid: user.uid, gid: user.gid },
    // Elsewhere nobody's number is questioned.
    after: site.platform.securesPods ? accounts.map((account) => allowFixedUser(account, site, opts)) : [],
  };
}

/** Content of `/etc/passwd`: the user, and those whom configurations of Apache and nginx name. */
function passwd(user: ServiceUser): string {
  const others = [
    ["root", 0, 0, "/root"],
    ["apache", 48, 48, "/usr/share/httpd"],
    ["nginx", 998, 998, "/var/lib/nginx"],
    ["nobody", 65534, 65534, "/"],
  ].filter(([name]) => name !== user.name);
  return [...others, [user.name, user.uid, user.gid, user.home]]
    .map(([name, uid, gid, home]) => `${name}:x:${uid}:${gid}:${name}:${home}:/bin/bash\n`)
    .join("");
}

/** Lets pods of an account have a fixed user; the account gets no other right (S12). */
function allowFixedUser(
  account: string,
  site: Site,
  opts: pulumi.CustomResourceOptions,
): k8s.rbac.v1.RoleBinding {
  const name = `${account}-fixed-user`;
  return new k8s.rbac.v1.RoleBinding(
    name,
    {
      metadata: { name, namespace: site.namespace, labels: objectLabels(site, account) },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: FIXED_USER_ROLE },
      subjects: [{ kind: "ServiceAccount", name: account, namespace: site.namespace }],
    },
    opts,
  );
}
