import type { PythonValue } from "../../config/python";
import { environmentSecret } from "./environment-secret";
import { baseUrl } from "./addresses";

/** How a provider's addresses are known. */
export type OidcEndpoints =
  | { /** Address of the discovery document. */ readonly metadata: string }
  | { readonly authorization: string; readonly token: string; readonly userinfo: string };

/** Log-in by OpenID Connect, the only one that the present frontend has for real users (C31). */
export interface OidcLogin {
  readonly kind: "oidc";
  /** Name on the button. */
  readonly provider: string;
  readonly client: string;
  readonly endpoints: OidcEndpoints;
  /** @default openid, profile and email */
  readonly scopes?: readonly string[];
  /** Claim that is the user's name. @default preferred_username */
  readonly usernameClaim?: "username" | "preferred_username";
  /** @default client_secret_basic */
  readonly tokenAuthMethod?: "client_secret_basic" | "client_secret_post";
}

/**
 * Everybody is the one user whom the web server names, without a password, and errors open a debugger (S2, S3). For a
 * developer's own instance alone.
 */
export interface DeveloperLogin {
  readonly kind: "developer";
  /** @default jdoe */
  readonly user?: string;
}

export type Login = OidcLogin | DeveloperLogin;

/** Name of the variable with the client's secret. */
export const OIDC_SECRET_VARIABLE = "COPR_OIDC_SECRET";

/** Settings of the frontend that say who may log in, and what errors show. */
export function loginSettings(login: Login): Record<string, PythonValue> {
  const developer = login.kind === "developer";
  return {
    ENV: developer ? "local" : "production",
    DEBUG: developer,
    FAS_LOGIN: false,
    OIDC_LOGIN: !developer,
    ...(developer ? { KRB5_LOGIN: { log_text: "dev-login", email_domain: "localhost" } } : oidc(login)),
  };
}

function oidc(login: OidcLogin): Record<string, PythonValue> {
  const scopes = login.scopes ?? ["openid", "profile", "email"];
  if (!scopes.includes("openid")) throw new Error("the scopes of OpenID Connect lack openid: add it");
  return {
    OIDC_PROVIDER_NAME: login.provider,
    OIDC_CLIENT: login.client,
    OIDC_SECRET: environmentSecret(OIDC_SECRET_VARIABLE),
    OIDC_SCOPES: scopes.join(" "),
    OIDC_TOKEN_AUTH_METHOD: login.tokenAuthMethod ?? "client_secret_basic",
    OIDC_USERNAME_CLAIM: login.usernameClaim ?? "preferred_username",
    ...endpoints(login.endpoints),
  };
}

function endpoints(given: OidcEndpoints): Record<string, PythonValue> {
  if ("metadata" in given) return { OIDC_METADATA: baseUrl(given.metadata) };
  return {
    OIDC_AUTH_URL: baseUrl(given.authorization),
    OIDC_TOKEN_URL: baseUrl(given.token),
    OIDC_USERINFO_URL: baseUrl(given.userinfo),
  };
}
