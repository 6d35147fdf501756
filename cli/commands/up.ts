import { pulumi } from "../engine";
import type { ProjectPaths } from "../paths";
import { section } from "../report";
import { openSession, type Session } from "../session";

export interface UpOptions {
  /** Run a shared environment on the local control plane. */
  readonly local: boolean;
  /** Deploy without showing first what will change. */
  readonly skipPreview: boolean;
  /** Ask no question. */
  readonly yes: boolean;
}

/** Deploys a stack and says where it is. @returns the exit code. */
export async function up(paths: ProjectPaths, name: string, options: UpOptions): Promise<number> {
  const session = await openSession(paths, name, options.local);
  const code = await pulumi(session, [
    "up",
    ...(options.skipPreview ? ["--skip-preview"] : []),
    ...(asksNothing(session, options.yes) ? ["--yes"] : []),
  ]);
  if (code === 0) console.log(`\n${whereItIs(session)}`);
  return code;
}

/** What others depend on is changed only after a person, or `YES=1`, has said so. */
export function asksNothing({ stack, local }: Session, yes: boolean): boolean {
  return yes || local || stack.kind === "test-instance";
}

function whereItIs({ stack, local, namespace, addresses }: Session): string {
  const target = (verb: string): string =>
    [`make ${verb} STACK=${stack.name}`, ...(local && stack.kind === "environment" ? ["LOCAL=1"] : [])].join(
      " ",
    );
  const places: Row[] = [
    ["namespace", namespace],
    ...Object.entries(addresses),
  ];
  const next: Row[] = [
    ["see what would change", target("preview")],
    ["take it down", target("destroy")],
    ...(local
      ? [["look inside", `eval "$(make -s env)" && kubectl get pods -n ${namespace}`] satisfies Row]
      : []),
  ];
  return `${section(stack.name, places)}\n\n${section("Next", next)}`;
}

type Row = readonly [label: string, text: string];
