import * as pulumi from "@pulumi/pulumi";

import { recipientOf } from "../data/backup-recipient";
import { portOf, storeEnvironment, type StoreArgs } from "../data/backup-store";
import type { Resources } from "../platform/container";
import { CronTask } from "../platform/cron-task";
import { ConfigFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { KEYGEN_DATA, type KeysVolume } from "./keygen";
import { installUser, USERS } from "./users";

/** Where the programs are in the pod. */
const PROGRAMS_FOLDER = "/jobs";

/** The archive passes through in parts of 16 MiB, two at a time. */
const RESOURCES: Resources = {
  requests: { cpu: "20m", memory: "96Mi" },
  limits: { cpu: "1", memory: "256Mi" },
};

export interface CoprKeygenBackupArgs extends StoreArgs {
  readonly site: Site;
  /** Keygen's own: it has the gpg that made the keys, and Python. */
  readonly image: ContainerImage;
  readonly keys: KeysVolume;
  /** Public key in OpenPGP's ASCII form, of somebody whose private key is nowhere in the cluster. */
  readonly recipient: string;
  /** The programs by file name, `main.py` and what it imports. */
  readonly programs: Readonly<Record<string, string>>;
  /** When, in cron's five fields and UTC. */
  readonly schedule: string;
  /** Minutes after which a backup has failed. */
  readonly deadlineMinutes: number;
}

/**
 * Stores the signing keys every night, encrypted, and keeps generations of them (C30). It stands apart from keygen,
 * which connects to nobody, and only reads its volume.
 */
export class CoprKeygenBackup extends pulumi.ComponentResource {
  /** @param name - Name of all objects, `copr-keygen-backup`. */
  constructor(name: string, args: CoprKeygenBackupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:KeygenBackup", name, {}, opts);
    const { site, keys } = args;
    const child = { parent: this };
    const user = installUser(name, { site, user: USERS.keygen, accounts: [name] }, child);
    const programs = new ConfigFiles(`${name}-programs`, { site, data: args.programs }, child);
    const recipient = recipientOf(name, site, args.recipient, child);
    new CronTask(
      name,
      {
        site,
        image: args.image,
        schedule: args.schedule,
        deadlineSeconds: args.deadlineMinutes * 60,
        resources: RESOURCES,
        command: ["/usr/bin/tini", "-s", "--", "/usr/bin/python3", "-B", `${PROGRAMS_FOLDER}/main.py`],
        args: ["backup"],
        env: {
          ...storeEnvironment(args),
          ...recipient.env,
          KEYS_FOLDER: KEYGEN_DATA,
        },
        mounts: [
          user.mount,
          { volume: "data", path: KEYGEN_DATA, claim: keys.claim, readOnly: true },
          { path: PROGRAMS_FOLDER, files: [{ from: programs }] },
          ...recipient.mounts,
        ],
        identity: user.identity,
        together: keys.together,
        reaches: [{ port: portOf(args.store.endpoint) }],
      },
      { ...child, dependsOn: [...user.after] },
    );
    this.registerOutputs({});
  }
}
