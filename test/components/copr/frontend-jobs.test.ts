import assert from "node:assert/strict";

import { CoprFrontend } from "../../../components/copr/frontend";
import { CoprFrontendJobs } from "../../../components/copr/frontend-jobs";
import { MailRelay } from "../../../components/copr/mail";
import { type KubernetesObject, runMocked, type Stack } from "../../support/mocks";
import {
  application,
  containerOf,
  containersOf,
  data,
  image,
  pathsOf,
  resources,
  secret,
  site,
} from "./fixtures";

function deploy({
  relay,
  optional,
}: {
  readonly relay: boolean;
  readonly optional: boolean;
}): Promise<Stack> {
  return runMocked(() => {
    const mail = relay
      ? new MailRelay(
          "copr-mail",
          {
            site,
            host: "smtp.example.org",
            port: 587,
            credentials: secret("copr-mail-user", { user: "copr", password: "s3cret-mail" }),
            programs: { "main.py": "main", "smtp.py": "smtp" },
          },
          {},
        )
      : undefined;
    const common = { site, image, application: application(), data, resources, ...(mail && { mail }) };
    const frontend = new CoprFrontend("copr-frontend", {
      ...common,
      host: "copr.example.org",
      storage: "8Gi",
      after: [],
    });
    new CoprFrontendJobs("copr-frontend-jobs", {
      ...common,
      volume: frontend.volume,
      schedules: {
        hourly: "17 * * * *",
        daily: "37 2 * * *",
        ...(optional && { outdatedChroots: "7 4 * * *", upstreamReleases: "47 * * * *" }),
      },
      after: [frontend],
    });
  });
}

/** Ports that pods may connect to, apart from name servers. */
function egressPorts(stack: Stack, name: string): number[] {
  const { egress } = stack.object("NetworkPolicy", name).spec;
  const ports = egress.flatMap((rule: KubernetesObject) =>
    rule.ports.map(({ port }: KubernetesObject) => port),
  );
  return ports.filter((port: number) => port !== 53 && port !== 5353);
}

function scriptOf(stack: Stack, name: string): string {
  return containerOf(stack.object("CronJob", name), name).command.at(-1);
}

const SYSCTL = [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }];

describe("CoprFrontendJobs", () => {
  let plain: Stack;
  let full: Stack;
  before(async () => {
    plain = await deploy({ relay: false, optional: false });
    full = await deploy({ relay: true, optional: true });
  });

  it("C29: run what Copr cannot do without, at their times", () => {
    const schedules = plain
      .objects("CronJob")
      .map(({ metadata, spec }) => [metadata.name, spec.schedule] as const);
    assert.deepEqual(Object.fromEntries(schedules), {
      "copr-frontend-hourly": "17 * * * *",
      "copr-frontend-daily": "37 2 * * *",
    });
    assert.match(
      scriptOf(plain, "copr-frontend-hourly"),
      /manage\.py update-indexes-quick 120 .*\n.*update-graphs /,
    );
    for (const command of [
      "vacuum-graphs",
      "clean-expired-projects",
      "clean-old-builds",
      "delete-dirs",
      "update-indexes",
    ])
      assert.match(
        scriptOf(plain, "copr-frontend-daily"),
        new RegExp(`manage\\.py ${command} \\) \\|\\| failed=1`),
      );
  });

  it("C12: write the search index that the web server reads, on its node", () => {
    const server = plain.object("Deployment", "copr-frontend").spec.template;
    const job = plain.object("CronJob", "copr-frontend-hourly").spec.jobTemplate.spec.template;
    const claim = (template: KubernetesObject): unknown =>
      template.spec.volumes.find(({ name }: KubernetesObject) => name === "data").persistentVolumeClaim;
    assert.deepEqual(claim(job), claim(server));
    assert.equal(
      job.metadata.labels["packit.dev/shares-volume"],
      server.metadata.labels["packit.dev/shares-volume"],
    );
    const [term] = job.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    assert.deepEqual(term.labelSelector.matchLabels, { "packit.dev/shares-volume": "copr-frontend-data" });
  });

  it("S8, S14: reach the database and the key-value store, and nobody reaches them", () => {
    assert.deepEqual(egressPorts(plain, "copr-frontend-daily"), [5432, 6379]);
    assert.deepEqual(plain.object("NetworkPolicy", "copr-frontend-daily").spec.ingress, []);
    assert.deepEqual(egressPorts(full, "copr-upstream-releases"), [5432, 6379, 443]);
  });

  it("C32: run as the user by whose name the scripts go", () => {
    assert.match(plain.object("ConfigMap", "copr-frontend-jobs-users").data.users, /^copr-fe:/m);
    assert.equal(plain.has("RoleBinding", "copr-frontend-hourly-fixed-user"), true);
    assert.equal(plain.has("RoleBinding", "copr-outdated-chroots-fixed-user"), false);
  });

  it("C33: without a relay nothing listens, and nobody is told", () => {
    const { spec } = plain.object("Deployment", "copr-frontend").spec.template;
    assert.equal(containersOf(plain.object("Deployment", "copr-frontend")).has("mail"), false);
    assert.equal("sysctls" in spec.securityContext, false);
    assert.deepEqual(egressPorts(plain, "copr-frontend"), [5432, 6379, 443]);
  });

  it("C33: hand mail on from within the pods that send it, with the password in the environment", () => {
    const deployment = full.object("Deployment", "copr-frontend");
    const mail = containerOf(deployment, "mail");
    assert.deepEqual(mail.command.slice(-3), ["/mail/main.py", "--relay", "smtp.example.org:587"]);
    assert.deepEqual(mail.env[1], {
      name: "MAIL_PASSWORD",
      valueFrom: { secretKeyRef: { name: "copr-mail-user", key: "password" } },
    });
    assert.deepEqual(deployment.spec.template.spec.securityContext.sysctls, SYSCTL);
    assert.deepEqual(egressPorts(full, "copr-frontend"), [5432, 6379, 443, 587]);
    assert.equal(pathsOf(mail).includes("/etc/copr"), false);
    assert.equal(JSON.stringify(full.objects("Deployment")).includes("s3cret-mail"), false);
  });

  it("C33: tell of outdated chroots through the relay, and end with what they do", () => {
    const cron = full.object("CronJob", "copr-outdated-chroots");
    const { command, env } = containerOf(cron, "copr-outdated-chroots");
    assert.deepEqual(command.slice(2, -1), [
      "/mail/main.py",
      "--relay",
      "smtp.example.org:587",
      "--",
      "/bin/sh",
      "-c",
    ]);
    assert.match(
      command.at(-1),
      /eol-lifeless-rolling-chroots[^]*notify-outdated-chroots[^]*delete-outdated-chroots/,
    );
    assert.ok(env.some(({ name }: KubernetesObject) => name === "MAIL_PASSWORD"));
    assert.deepEqual(cron.spec.jobTemplate.spec.template.spec.securityContext.sysctls, SYSCTL);
    assert.deepEqual(egressPorts(full, "copr-outdated-chroots"), [5432, 6379, 587]);
    assert.deepEqual(egressPorts(full, "copr-frontend-hourly"), [5432, 6379]);
  });
});
