/** Forms in which forges, clouds and certificate tools write their secrets. */
const FORMS: readonly (readonly [what: string, form: RegExp])[] = [
  ["a private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ["a token of GitHub", /\b(?:gh[opsur]_[A-Za-z0-9]{36}|github_pat_\w{60,})/],
  ["a token of GitLab", /\bglpat-[\w-]{20,}/],
  ["an access key of AWS", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["a signed token", /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
  ["an address with a password", /\b[a-z][a-z+]*:\/\/[^\s:/@"'$]*:[^\s/@"'${}%]+@/],
];

/** What kind of secret a text holds, as far as its form tells; undefined when it looks harmless. */
export function secretIn(text: string): string | undefined {
  return FORMS.find(([, form]) => form.test(text))?.[0];
}

/** Names of values that are secret. */
const SECRET_NAME = /passw(?:or)?d|passphrase|secret|token|private_?key|api_?key|access_?key|credential/i;

/** Names of where a secret is, of what it is called, how it is shown, and of how long it lives. */
const ABOUT_ONE = /(?:_|-|\.)?(?:file|path|dir|name|id|url|host|port|user|ttl|seconds|enabled|method)$/i;

/** Whether a variable or file of this name holds a secret. */
export function namesSecret(name: string): boolean {
  return SECRET_NAME.test(name) && !ABOUT_ONE.test(name);
}
