import { EVERYWHERE } from "../../../where";
import { plain } from "../../text";
import { each, type UnsafeChange } from "../../unsafe-change";

/** A field that keeps the service safe is no longer looked after. */
export const ignoredSecurity: UnsafeChange = {
  id: "tenancy/ignored-security",
  title: "No field that keeps the service safe is ignored",
  why: "what somebody changes there by hand stays, and no preview shows it",
  instead: "ignore the one field that another controller sets, such as a container's image",
  where: EVERYWHERE,
  find: each(function* (change) {
    const old = new Set(change.before?.ignoreChanges);
    for (const path of change.after?.ignoreChanges ?? []) {
      if (!old.has(path) && (SECURITY.test(path) || WHOLE.test(path)))
        yield { says: `changes of ${plain(path)} are ignored`, from: "looked after", to: "ignored" };
    }
  }),
};

/** Fields of pods, accounts, rights, networks and storage that decide who may do what. */
const SECURITY =
  /securityContext|hostNetwork|hostPID|hostIPC|hostPath|serviceAccount|automountServiceAccountToken|capabilities|privileged|runAs|seccomp|roleRef|subjects|rules|ingress|egress|polic(?:y|ies)|metadataOptions|cidr|publicAccess|encrypt|kms|tls|pod-security/i;

/** Paths that have such fields inside. */
const WHOLE =
  /^(?:\*|spec|metadata|metadata\.labels|spec(?:\.jobTemplate\.spec)?\.template(?:\.spec(?:\.(?:initContainers|containers)(?:\[[^\]]*\])?)?)?)$/;
