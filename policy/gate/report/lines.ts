import type { Finding, Verdict } from "../judge";

/** What a finding has to say, line by line, under a heading that names the resource. */
export function detailsOf(finding: Finding): readonly (readonly [label: string, text: string])[] {
  const { from, to, replaced, lost, why, instead, approved } = finding;
  return [
    ...(from !== undefined || to !== undefined
      ? [["change", `${from ?? "nothing"} → ${to ?? "nothing"}`] as const]
      : []),
    ...(replaced !== undefined ? [["replaced", replaced] as const] : []),
    ...(lost !== undefined ? [["lost", lost] as const] : []),
    ["why", why],
    ["instead", instead],
    ...(approved !== undefined ? [["approved", approved] as const] : []),
  ];
}

/** The verdict in one line. */
export function headline({ stack, outcome, findings, undecided, errors, approved }: Verdict): string {
  const allowed = approved.length > 0 ? `, ${count(approved.length, "unsafe change")} approved` : "";
  switch (outcome) {
    case "safe":
      return `no unsafe change of ${stack}${allowed}`;
    case "unsafe":
      return `${count(findings.length, "unsafe change")} of ${stack}${allowed}: stopped`;
    case "undecided":
      return errors.length > 0
        ? `the preview of ${stack} cannot be judged: ${errors.length === 1 ? "it has an error" : `it has ${errors.length} errors`}`
        : `${count(undecided.length, "change")} of ${stack} cannot be judged before it is made`;
  }
}

/** What was changed, in the engine's words: `2 to update, 1 to delete, 136 unchanged`. */
export function countsLine({ counts }: Verdict): string {
  const words = [
    ["create", "to create"],
    ["update", "to update"],
    ["replace", "to replace"],
    ["delete", "to delete"],
    ["same", "unchanged"],
  ] as const;
  const parts = words.flatMap(([action, text]) => {
    const number = counts[action] ?? 0;
    return number > 0 ? [`${number} ${text}`] : [];
  });
  return parts.length === 0 ? "nothing to change" : parts.join(", ");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
