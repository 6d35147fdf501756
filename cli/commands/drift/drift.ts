import { driftsOf, type Drift } from "../../../policy/drift/drift";
import type { Manager } from "../../../policy/drift/manager";
import { parsePreview } from "../../../policy/gate/parse";
import { plain } from "../../../policy/gate/text";
import { shown } from "../../../policy/gate/values";
import { onOutput } from "../../../tools/process/colours";
import { projectPaths } from "../../paths";
import { failure } from "../../report";
import { openSession } from "../../session";
import { engineJson } from "../gate/preview";
import { managersOf } from "./live";

export interface DriftOptions {
  readonly local: boolean;
  readonly json: boolean;
}

/** A field that somebody has changed. Values of Secrets are not shown. */
interface ChangedField {
  readonly path: string;
  readonly deployed: string;
  readonly now: string;
  readonly by?: Manager;
}

interface Finding extends Pick<Drift, "urn" | "resource" | "gone"> {
  readonly fields: readonly ChangedField[];
}

/** Finds what is not as the stack was deployed. @returns 0 nothing, 1 something, 2 it cannot be told. */
export async function drift(name: string, { local, json }: DriftOptions): Promise<number> {
  try {
    const paths = projectPaths();
    const session = await openSession(paths, name, local);
    const refresh = parsePreview(await engineJson(session, "refresh", ["--preview-only", "--json"]));
    if (refresh.errors.length > 0) throw new Error(refresh.errors.join("; "));
    const drifts = driftsOf(refresh);
    const managers = drifts.length === 0 ? [] : await managersOf(session, drifts);
    const findings = drifts.map((one, index) => findingOf(one, managers[index]));
    console.log(
      json ? JSON.stringify({ stack: name, drifts: findings }, undefined, 2) : asText(name, findings),
    );
    return findings.length === 0 ? 0 : 1;
  } catch (error) {
    failure(error);
    return 2;
  }
}

function findingOf(
  { urn, resource, gone, fields, kind }: Drift,
  managers: ReadonlyMap<string, Manager> | undefined,
): Finding {
  return {
    urn,
    resource,
    gone,
    fields: fields.map(({ path, before, after }) => {
      const by = managers?.get(path);
      return {
        path: plain(path),
        deployed: kind === "Secret" ? "[secret]" : shown(before),
        now: kind === "Secret" ? "[secret]" : shown(after),
        ...(by !== undefined && { by: { name: plain(by.name), time: by.time } }),
      };
    }),
  };
}

function asText(stack: string, findings: readonly Finding[]): string {
  if (findings.length === 0) return onOutput.green(`${stack} is as it was deployed`);
  const lines = findings.flatMap(({ resource, gone, fields }) => [
    `${onOutput.bold(resource)}${gone ? onOutput.red(" is gone") : ""}`,
    ...fields.map(({ path, deployed, now, by }) => {
      const who =
        by === undefined ? "" : onOutput.dim(` (${by.name}${by.time === undefined ? "" : `, ${by.time}`})`);
      return `  ${path}: ${deployed} → ${now}${who}`;
    }),
  ]);
  const count = findings.length === 1 ? "1 resource differs" : `${findings.length} resources differ`;
  return [
    ...lines,
    "",
    `${count} from what was deployed. \`pulumi up --refresh -s ${stack}\` puts it back; to keep it, write it into the settings.`,
  ].join("\n");
}
