import { hasBuilders } from "../../../stacks/settings/copr/fleet";
import type { CoprSettings } from "../../../stacks/settings/copr/settings";
import { at, type Destination, HTTP, HTTPS, registries, SSH, to } from "./destination";

/** Stands for hosts that users name. */
const ANY = "*";

/** The region whose machines have names without it. */
const FIRST_REGION = "us-east-1";

/** What a Copr connects to. What builders reach is up to the packages: they are in AWS. */
export function coprDestinations(settings: CoprSettings): Destination[] {
  return [
    ...insiders(settings),
    ...services(settings),
    ...builders(settings),
    ...registries(settings.imageUses.map(({ source }) => source)),
  ];
}

/** What its parts ask of each other and of their users' hosts. */
function insiders({ hosts }: CoprSettings): Destination[] {
  return [
    to(hosts.frontend, HTTPS, "the frontend, under its public name"),
    to(ANY, HTTP, "sources, wherever users have them"),
    to(ANY, HTTPS, "sources, wherever users have them"),
  ];
}

function services({ backup, database, jobs, login, mail }: CoprSettings): Destination[] {
  const { metadata, authorization, token, userinfo } = login.oidc ?? {};
  const logins = [metadata, authorization, token, userinfo].filter((address) => address !== undefined);
  const { enabled, region, endpoint = `https://s3.${region}.amazonaws.com` } = backup;
  return [
    ...logins.map((address) => at(address, "log-in")),
    ...(jobs.upstreamReleases.enabled ? [to("release-monitoring.org", HTTPS, "new upstream releases")] : []),
    ...(mail.relay === undefined ? [] : [to(mail.relay, mail.port, "mail")]),
    ...(database.dump === undefined ? [] : [at(database.dump, "the dump that the database starts from")]),
    ...(enabled ? [at(endpoint, "backups")] : []),
  ];
}

/** The API of AWS, and the builders themselves. */
function builders(settings: CoprSettings): Destination[] {
  if (!hasBuilders(settings)) return [];
  const { region, endpoint, network, webIdentity } = settings.aws;
  const apis = ["ec2", ...(webIdentity === undefined ? [] : ["sts"])];
  const machines = `*.${region === FIRST_REGION ? "compute-1" : `${region}.compute`}.amazonaws.com`;
  return [
    ...(endpoint === undefined
      ? apis.map((api) => to(`${api}.${region}.amazonaws.com`, HTTPS, "builders' starts and stops"))
      : [at(endpoint, "builders' starts and stops")]),
    to(
      network.privateAddresses && network.vpc === undefined ? network.cidr : machines,
      SSH,
      "builders, by their addresses",
    ),
  ];
}
