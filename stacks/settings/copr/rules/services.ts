import { setCommand } from "../../fixes";
import { type Path, valueAt } from "../../tree";
import type { RuleFinding } from "../../rules/rule";
import type { CoprRule } from "./rule";

/** A log-in without a password, and code from a folder of the node, are a developer's alone (S2, S3). */
export const developersThingsAreDevelopers: CoprRule = ({ stack, written }) => {
  if (stack.deployment === "dev") return [];
  const paths: readonly Path[] = [["login", "developer"], ["sourcePath"]];
  return paths
    .filter((path) => valueAt(written, path) !== undefined)
    .map((path) => ({
      path,
      problem: `is for copr-dev, and ${stack.name} is for others too`,
      fix: `pulumi config rm -s ${stack.name} --path packit:${path.join(".")}`,
    }));
};

/** There is one way to log in: with none, nobody can build; with two, the one without a password wins (C31, S3). */
export const somebodyCanLogIn: CoprRule = ({ stack, written: { login } }) => {
  const { oidc, developer } = login;
  if (oidc === undefined && developer === undefined) {
    return [
      {
        path: ["login", "oidc"],
        problem: "is missing, so nobody could log in",
        allowed: "a provider of OpenID Connect",
        fix: [
          setCommand(stack, ["login", "oidc", "provider"], "Fedora"),
          setCommand(stack, ["login", "oidc", "client"], "copr"),
          setCommand(
            stack,
            ["login", "oidc", "metadata"],
            "https://id.fedoraproject.org/openidc/.well-known/openid-configuration",
          ),
        ].join("\n"),
      },
    ];
  }
  return oidc === undefined ? [] : addressesFindings(oidc);
};

/** The provider's description, or all three of its addresses. */
function addressesFindings(oidc: Readonly<Record<string, unknown>>): readonly RuleFinding[] {
  const addresses = ["authorization", "token", "userinfo"];
  const given = addresses.filter((name) => oidc[name] !== undefined);
  const fits = oidc.metadata === undefined ? given.length === addresses.length : given.length === 0;
  if (fits) return [];
  return [
    {
      path: ["login", "oidc"],
      problem: "says too little or too much of where the provider is",
      seen: ["metadata", ...addresses].filter((name) => oidc[name] !== undefined).join(", ") || "nothing",
      allowed: `metadata, or ${addresses.join(", ")} together`,
      fix: "set metadata, and remove the other addresses",
    },
  ];
}

/** Who is told of an end of life by mail needs something that takes mail (C33). */
export const noticesCanBeSent: CoprRule = ({ stack, written: { jobs, mail } }) =>
  !jobs.outdatedChroots.enabled || mail.relay !== undefined
    ? []
    : [
        {
          path: ["mail", "relay"],
          problem: "is missing: packages of outdated chroots would be deleted without a notice",
          allowed: "a host that takes mail",
          fix: [
            setCommand(stack, ["mail", "relay"], "smtp.example.org"),
            `or ${setCommand(stack, ["jobs", "outdatedChroots", "enabled"], "false")}`,
          ].join("\n"),
        },
      ];

/** A build gets no more by itself than it may ask for. */
export const limitsAreInOrder: CoprRule = ({ stack, written: { buildLimits } }) =>
  (
    [
      ["defaultTimeout", "maxTimeout"],
      ["defaultMemory", "maxMemory"],
    ] as const
  )
    .filter(([usual, most]) => buildLimits[usual] > buildLimits[most])
    .map(([usual, most]) => ({
      path: ["buildLimits", usual],
      problem: "is more than a build may ask for",
      seen: String(buildLimits[usual]),
      allowed: `at most ${buildLimits[most]}, which is buildLimits.${most}`,
      fix: setCommand(stack, ["buildLimits", usual], String(buildLimits[most])),
    }));

/** A key in OpenPGP's ASCII form, and no private one. */
const PUBLIC_KEY = /^-----BEGIN PGP PUBLIC KEY BLOCK-----\n[^-]+-----END PGP PUBLIC KEY BLOCK-----\n?$/;

/** The signing keys and the database leave the cluster encrypted, for somebody who is not in it. */
export const keysAreEncrypted: CoprRule = ({ stack, written: { backup }, local }) => {
  const { enabled, recipient } = backup;
  // There are no keys on this machine that anybody would miss: they are then not stored at all.
  if (local && recipient === undefined) return [];
  if (!enabled || (recipient !== undefined && PUBLIC_KEY.test(recipient))) return [];
  return [
    {
      path: ["backup", "recipient"],
      problem:
        recipient === undefined
          ? "is missing: signing keys and database are stored only encrypted"
          : "is no public key of OpenPGP",
      allowed: "what gpg --armor --export prints: a PGP PUBLIC KEY BLOCK",
      fix: `gpg --armor --export <address> | pulumi config set -s ${stack.name} --path packit:backup.recipient`,
    },
  ];
};
