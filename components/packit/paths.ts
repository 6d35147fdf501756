/** Home of the images' user. */
export const HOME = "/home/packit";

/** Where the code looks for `packit-service.yaml`, `copr` and `osh/client.conf`. */
export const CONFIG_FOLDER = `${HOME}/.config`;

/** Where the start scripts look for `fullchain.pem` and `privkey.pem`, and the workers for their keytab. */
export const SECRETS_FOLDER = "/secrets";

/** The keytab, for the key `keytab_path` of `packit-service.yaml`. */
export const KEYTAB_PATH = `${SECRETS_FOLDER}/fedora.keytab`;

/** Where the start script looks for the SSH key, which it installs in the home. */
export const SSH_FOLDER = "/packit-ssh";

/** The SSH key as installed by the start script. */
export const SSH_IDENTITY_PATH = `${HOME}/.ssh/id_ed25519`;

/** Where the GitHub App's Secret is mounted. */
export const GITHUB_APP_FOLDER = "/gh-secrets";

/** The GitHub App's key, for the key `github_app_private_key_path` of `packit-service.yaml`. */
export const GITHUB_APP_KEY_PATH = `${GITHUB_APP_FOLDER}/private-key.pem`;

/** Where centpkg looks for the settings of SIG repositories. */
export const CENTPKG_SIG_PATH = "/etc/rpkg/centpkg-sig.conf";

/** Clones of big repositories. */
export const REPOSITORY_CACHE_FOLDER = "/repository-cache";

/** Working copies, shared with the sandbox by copying. */
export const WORK_FOLDER = "/tmp/sandcastle";
