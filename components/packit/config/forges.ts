/** A git forge. */
export interface Forge {
  readonly instanceUrl: string;
  /** Needed unless the instance is a GitHub App there. */
  readonly token?: string | undefined;
  /** Kind of forge, where its name does not tell. */
  readonly type?: string | undefined;
  /** The GitHub App that the instance is. */
  readonly githubApp?: { readonly id: string; readonly privateKeyPath: string } | undefined;
  /** Where the App's tokens are kept, which is then asked instead of GitHub. @default nowhere */
  readonly tokmanUrl?: string | undefined;
}

/**
 * The part `authentication` of `packit-service.yaml`, by host name.
 *
 * @throws Error that names all forges without a token, which would otherwise show only in use (D52).
 */
export function authentication(forges: Readonly<Record<string, Forge>>): Record<string, object> {
  const silent = Object.entries(forges).filter(([, forge]) => !forge.token && !forge.githubApp);
  if (silent.length > 0) {
    const names = silent.map(([name]) => name).join(", ");
    throw new Error(`no token is given for the forges ${names}: give one, or leave the forge out`);
  }
  return Object.fromEntries(Object.entries(forges).map(([name, forge]) => [name, entry(forge)]));
}

function entry({ instanceUrl, token, type, githubApp, tokmanUrl }: Forge): object {
  return {
    instance_url: instanceUrl,
    ...(token && { token }),
    ...(type !== undefined && { type }),
    ...(githubApp && {
      github_app_id: githubApp.id,
      github_app_private_key_path: githubApp.privateKeyPath,
      ...(tokmanUrl !== undefined && { tokman_instance_url: tokmanUrl }),
    }),
  };
}
