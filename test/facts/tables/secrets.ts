import type { Facts, FilesFacts } from "../model";
import { NAMESPACE } from "./common";

function secret(...files: readonly string[]): FilesFacts {
  return { namespace: NAMESPACE, file: Object.fromEntries(files.map((file) => [file, "there"])) };
}

/** What the Secrets hold. */
export const secrets: Facts = {
  "Secret/packit-ssh": secret("id_ed25519", "id_ed25519.pub", "config"),
  "Secret/packit-secrets": secret("privkey.pem", "fullchain.pem", "fedora.keytab"),
  "Secret/packit-config": secret("packit-service.yaml", "copr", "fedora.toml"),
  "Secret/sentry": secret("dsn"),
  "Secret/postgres-secret": secret("database-user", "database-password", "database-host", "database-name"),
  "Secret/aws": secret("access-key-id", "secret-access-key"),
  "Secret/centpkg-sig": secret("centpkg-sig.conf"),
  "Secret/github-app-private-key": secret("private-key.pem"),
  "Secret/splunk": secret("hec-host", "hec-port", "hec-token"),
  "Secret/redis-commander-secret": secret("redis-commander-user", "redis-commander-password"),
  "Secret/flower-htpasswd": secret("htpasswd"),
};
