import type { Finding, Verdict } from "../judge";
import { UNSAFE_CHANGES } from "../registry";

/** The file that a stack's changes are pinned to: what is changed by settings is found there first. */
function settingsFile(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}

/** A verdict in SARIF 2.1.0, which code hosts show beside a change. */
export function asSarif(verdict: Verdict): string {
  const { stack, findings, undecided, approved, errors } = verdict;
  const results = [
    ...findings.map((finding) => result(stack, finding, "error")),
    ...undecided.map((finding) => result(stack, finding, "warning")),
    ...approved.map((finding) => ({
      ...result(stack, finding, "note"),
      suppressions: [{ kind: "external", status: "accepted", justification: finding.approved ?? "" }],
    })),
  ];
  return JSON.stringify(
    {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "packit-stacks gate", rules: UNSAFE_CHANGES.map(rule) } },
          invocations: [
            {
              executionSuccessful: verdict.outcome !== "undecided",
              toolExecutionNotifications: errors.map((text) => ({ level: "error", message: { text } })),
            },
          ],
          results,
        },
      ],
    },
    undefined,
    2,
  );
}

function rule({ id, title, why, instead }: (typeof UNSAFE_CHANGES)[number]) {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: instead },
  };
}

function result(stack: string, { rule, resource, says, urn, lost }: Finding, level: string) {
  const loss = lost === undefined ? "" : ` Lost: ${lost}.`;
  return {
    ruleId: rule,
    ruleIndex: UNSAFE_CHANGES.findIndex(({ id }) => id === rule),
    level,
    message: { text: `${resource}: ${says}.${loss}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: settingsFile(stack) } },
        logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" }],
      },
    ],
    partialFingerprints: { "change/v1": `${rule}=${urn}` },
  };
}
