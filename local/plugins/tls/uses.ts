import type { KeyUsageFlags } from "@peculiar/x509";

/** The bits of the extension "key usage" (RFC 5280, 4.2.1.3) by the names that the inputs use. */
const keyUses: Readonly<Record<string, number>> = {
  digital_signature: 1,
  content_commitment: 2,
  key_encipherment: 4,
  data_encipherment: 8,
  key_agreement: 16,
  cert_signing: 32,
  crl_signing: 64,
  encipher_only: 128,
  decipher_only: 256,
};

/** The identifiers of the extension "extended key usage" (RFC 5280, 4.2.1.12, and two vendors' own). */
const extendedUses: Readonly<Record<string, string>> = {
  any_extended: "2.5.29.37.0",
  server_auth: "1.3.6.1.5.5.7.3.1",
  client_auth: "1.3.6.1.5.5.7.3.2",
  code_signing: "1.3.6.1.5.5.7.3.3",
  email_protection: "1.3.6.1.5.5.7.3.4",
  ipsec_end_system: "1.3.6.1.5.5.7.3.5",
  ipsec_tunnel: "1.3.6.1.5.5.7.3.6",
  ipsec_user: "1.3.6.1.5.5.7.3.7",
  timestamping: "1.3.6.1.5.5.7.3.8",
  ocsp_signing: "1.3.6.1.5.5.7.3.9",
  microsoft_server_gated_crypto: "1.3.6.1.4.1.311.10.3.3",
  netscape_server_gated_crypto: "2.16.840.1.113730.4.1",
  microsoft_commercial_code_signing: "1.3.6.1.4.1.311.2.1.22",
  microsoft_kernel_code_signing: "1.3.6.1.4.1.311.61.1.1",
};

const camelCase = (name: string): string =>
  name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

const snakeNames = [...Object.keys(keyUses), ...Object.keys(extendedUses)];

/** What `allowedUses` may hold: `server_auth` as the official plugin has it, or `serverAuth` as its documentation has it. */
export const useNames: readonly string[] = [
  ...new Set(snakeNames.flatMap((name) => [name, camelCase(name)])),
];

/** The extensions' contents for a list of uses: the bits of key usage and the identifiers of extended key usage. */
export function usages(names: readonly string[]): { key: KeyUsageFlags | undefined; extended: string[] } {
  const wanted = snakeNames.filter((name) => names.includes(name) || names.includes(camelCase(name)));
  const bits = wanted.reduce((sum, name) => sum | (keyUses[name] ?? 0), 0);
  return {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- flags are joined by their bits
    key: bits === 0 ? undefined : bits,
    extended: wanted.flatMap((name) => extendedUses[name] ?? []),
  };
}
