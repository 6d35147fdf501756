import { ACCEPTED_OF_CHECKOV } from "../checks/accepted";
import { AWS_CHECKS } from "../checks/aws";
import type { Check } from "../checks/check";
import { KUBERNETES_CHECKS } from "../checks/kubernetes";
import { SETTING } from "../exceptions";
import { AREAS, RULES } from "../registry";
import { seesStack, type Area, type Counterparts, type Rule, type Tool } from "../rule";

const TOOLS: Readonly<Record<Tool, string>> = {
  checkov: "Checkov",
  gatekeeper: "Gatekeeper",
  kubeLinter: "kube-linter",
  kubeScore: "kube-score",
  kyverno: "Kyverno",
  polaris: "Polaris",
};

/** What every rule demands, what tools of the field call it, and what has no rule. */
export function policyReference(): string {
  return `${[introduction(), ...AREAS.map(areaText), exceptions(), accepted()].join("\n\n")}\n`;
}

/** How many of some checks a rule covers. */
export function coveredOf(checks: readonly Check[]): number {
  const covered = new Set(RULES.flatMap(({ covers = [] }) => covers));
  return checks.filter(({ id }) => covered.has(id)).length;
}

function introduction(): string {
  return [
    "# Policy",
    "",
    "<!-- Made by `npm run docs:policy` from the rules themselves. -->",
    "",
    `${RULES.length} rules. The policy pack runs them on \`pulumi up --policy-pack policy\`, and in staging and production the`,
    "program itself runs the mandatory ones, however `pulumi` is called. What only a change shows is the gate's",
    "([gate](gate.md)).",
    "",
    "The linters of the field, merged, have " +
      `${KUBERNETES_CHECKS.length} checks of Kubernetes objects, of which ${coveredOf(KUBERNETES_CHECKS)} have rules here, and ` +
      `${AWS_CHECKS.length} of AWS that bear on builders, of which ${coveredOf(AWS_CHECKS)} have. The others are listed with the reason.`,
  ].join("\n");
}

function areaText({ name, title, rules, leftOut = {} }: Area): string {
  const left = Object.entries(leftOut).map(
    ([check, reason]) => `- **${checkTitle(`${name}/${check}`)}**: ${reason}.`,
  );
  return [
    `## ${title}`,
    ...rules.map(ruleText),
    ...(left.length > 0 ? ["### Without a rule", left.join("\n")] : []),
  ].join("\n\n");
}

function ruleText(rule: Rule): string {
  const { id, title, why, fix, severity, enforcement, holdsIn, kinds, counterparts = {} } = rule;
  const about =
    kinds === "all" ? "all kinds" : kinds.map((kind) => kind.slice(kind.lastIndexOf(":") + 1)).join(", ");
  const facts = [
    `${severity}, ${enforcement}`,
    `in ${holdsIn.join(", ")}`,
    `about ${about}${seesStack(rule) ? " in their stack" : ""}`,
  ];
  return [
    `### \`${id}\``,
    `${title}: otherwise ${why}. To mend it, ${fix}.`,
    [`- ${facts.join("; ")}`, ...tuned(rule), ...elsewhere(counterparts)].join("\n"),
  ].join("\n\n");
}

function tuned({ configuration = {} }: Rule): string[] {
  return Object.entries(configuration).map(([name, { description, default: value }]) => {
    const shown = typeof value === "number" ? String(value) : value.join(", ");
    return `- \`${name}\`: ${description} Unless the pack is told otherwise: ${shown}.`;
  });
}

function elsewhere(counterparts: Counterparts): string[] {
  const named = (Object.keys(TOOLS) as Tool[]).flatMap((tool) => {
    const names = counterparts[tool] ?? [];
    return names.length === 0 ? [] : [`${TOOLS[tool]} ${names.map((one) => `\`${one}\``).join(", ")}`];
  });
  return named.length === 0 ? [] : [`- elsewhere: ${named.join("; ")}`];
}

function checkTitle(id: string): string {
  const check = [...KUBERNETES_CHECKS, ...AWS_CHECKS].find((one) => one.id === id);
  if (check === undefined) throw new Error(`no check is called ${id}`);
  const name = id.startsWith("aws/") ? ` (${id.slice("aws/".length)})` : "";
  return check.title + name;
}

function exceptions(): string {
  return [
    "## Exceptions",
    [
      `One resource can be excepted from one rule, for a time and with a reason, in the settings of its stack. \`until\` is`,
      "the last day, in UTC; from the next one on the stack is refused until the exception is gone. Guard, pack and",
      "`make preview` all heed it.",
    ].join("\n"),
    [
      "```yaml",
      `${SETTING}:`,
      "  - rule: images/pinned",
      "    resource: Deployment/nginx",
      "    reason: no image with a digest until 1.30 is out",
      "    until: 2027-01-31",
      "```",
    ].join("\n"),
  ].join("\n\n");
}

function accepted(): string {
  return [
    "## What other linters say",
    [
      "`make cross-check` shows the objects of Packit with every component, of Fedora CI, of test instances and of Copr to",
      "checkov, and broken ones too. It finds nothing that the rules do not find, apart from what there is a reason for:",
    ].join("\n"),
    Object.entries(ACCEPTED_OF_CHECKOV)
      .map(([id, reason]) => `- **${id}**: ${reason}.`)
      .join("\n"),
    [
      "kubeconform looks at the same objects, with the schemas of the local control plane's API server made strict in place",
      "of those on the web. It finds nothing in them. What it finds in objects that are written wrongly has no rule here:",
      "the API server refuses those by the same schemas at the preview.",
    ].join("\n"),
  ].join("\n\n");
}
