import type { Path } from "../../../../stacks/settings/tree";
import { textOf } from "../input";
import { formAt } from "../place";
import { coprFile } from "./copr-file";
import { extraVars } from "./extra-vars";
import { fedoraToml } from "./fedora-toml";
import { packitServiceFile } from "./packit-service-file";
import type { Reader } from "./reading";

/** What each file of the old layout holds. */
export const READERS: Readonly<Record<string, Reader>> = {
  "extra-vars.yml": extraVars,
  "packit-service.yaml": packitServiceFile,
  "fedora.toml": fedoraToml,
  copr: coprFile,
  "fullchain.pem": whole("tls", "fullchain"),
  "privkey.pem": whole("tls", "privkey"),
  "private-key.pem": whole("githubApp", "privateKey"),
  "fedora.keytab": whole("keytab"),
  id_ed25519: whole("ssh", "privateKey"),
  "id_ed25519.pub": whole("ssh", "publicKey"),
  "cacert.pem": whole("messaging", "ca"),
  "fedora-cert.pem": whole("messaging", "cert"),
  "fedora-key.pem": whole("messaging", "key"),
  "centos.cert": whole("centosmsg", "certificate"),
  "centos-server-ca.cert": whole("centosmsg", "serverCa"),
};

/** Files that a stack makes anew, with nothing in them that is not elsewhere too. */
export const MADE_ANEW: Readonly<Record<string, string>> = {
  ssh_config: "follows from the settings",
  "centpkg-sig.conf": "is made from the token of gitlab.com",
  "flower-htpasswd": "is made from the passwords, and cannot be turned back into them",
  "packit-service.yaml.j2": "is a template; the settings take its place",
  "fedora.toml.j2": "is a template; the settings take its place",
};

/** A file that is one secret. */
function whole(...path: Path): Reader {
  return (content) => {
    if (content.toString("latin1").trim() === "") return { taken: [], left: ["it is empty"] };
    return { taken: [{ path, value: textOf(formAt(path), content) }] };
  };
}
