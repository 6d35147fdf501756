import { MACHINES, type Machine } from "../../aws/machines";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** User data holds no secret. */
export const noSecretInUserData: ResourceRule = {
  id: "aws/no-secret-in-user-data",
  title: "User data holds no secret",
  why: "every process of the machine reads it, and so does whoever may describe it",
  fix: "let the machine fetch it, or give it a role",
  severity: "critical",
  kinds: MACHINES,
  covers: ["aws/CKV_AWS_46"],
  counterparts: {
    checkov: ["CKV_AWS_46"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { userData = "", userDataBase64 = "" } = resource.inputs as Machine;
    for (const text of [userData, decoded(userData), decoded(userDataBase64)]) {
      if (!SECRET.test(text)) continue;
      yield "its user data holds what looks like a secret";
      return;
    }
  },
};

/** Access keys of AWS, private keys, and whatever is called a password or a token. */
const SECRET =
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----|\b(?:aws_secret_access_key|password|passwd|secret|token)\b["']?\s*[:=]\s*["']?[^\s"'$]{6}/i;

function decoded(text: string): string {
  return Buffer.from(text, "base64").toString();
}
