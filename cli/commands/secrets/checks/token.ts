import * as z from "zod";

const Claims = z.object({ exp: z.number() });

/** When a token ends that says so itself, as those of the image builder do (JSON Web Tokens); undefined for others. */
export function jwtEnd(token: string): Date | undefined {
  const [, payload, ...rest] = token.split(".");
  if (payload === undefined || rest.length !== 1) return undefined;
  try {
    const claims = Claims.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
    return claims.success ? new Date(claims.data.exp * 1000) : undefined;
  } catch {
    return undefined;
  }
}
