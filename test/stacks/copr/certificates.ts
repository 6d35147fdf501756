import type { CoprSettings } from "../../../stacks/settings/copr/settings";
import { selfSigned } from "../../support/certificate";
import { SHARED } from "../settings/copr/loading";
import { type DeployedCopr, deployCopr } from "./deployed";

type Source = CoprSettings["certificates"]["source"];
type Platform = CoprSettings["platform"];

const deployments = new Map<string, Promise<DeployedCopr>>();

/** A staging Copr, which is on OpenShift unless told otherwise, with its certificate from one source. */
export function deployedWithCertificate(
  source: Source,
  platform: Platform = "openshift",
): Promise<DeployedCopr> {
  const key = `${source} ${platform}`;
  const running = deployments.get(key) ?? deploy(source, platform);
  deployments.set(key, running);
  return running;
}

async function deploy(source: Source, platform: Platform): Promise<DeployedCopr> {
  const { aws, backup, cluster, secrets } = SHARED;
  const { certificate, key } = await selfSigned("copr-stg.packit.dev");
  const tls = source === "given" ? { tls: { fullchain: certificate, privkey: key } } : {};
  const changes = { aws, backup, cluster, platform, certificates: { source } };
  return deployCopr("copr-stg", changes, { ...secrets, ...tls });
}
