import type { ImageUse } from "../../../stacks/settings";
import { parseImage } from "../../../stacks/settings";
import { presentOf, type Present } from "../../images/now";
import { clusterOf, imageNamed, imagesOf } from "../../images/subject";
import { newestOf } from "../../images/wish";
import { age, short, table } from "../../images/words";
import type { ProjectPaths } from "../../paths";
import { Registry, type RegistryImage } from "../../registry/client";

export interface StatusOptions {
  readonly local: boolean;
  readonly json: boolean;
  /** Ask registries what is newest and how old everything is. */
  readonly registry: boolean;
}

/** What a registry has to say of an image. */
interface Known {
  readonly newest?: RegistryImage;
  /** What the first of {@link Present.running} is. */
  readonly present?: RegistryImage;
  /** Why it says nothing. */
  readonly problem?: string;
}

/** Says what runs, what is newest, and what makes it move. @returns 1 when a registry could not be asked. */
export async function status(
  paths: ProjectPaths,
  name: string,
  names: readonly string[],
  options: StatusOptions,
): Promise<number> {
  const subject = await imagesOf(paths, name, options.local);
  const uses = names.length > 0 ? names.map((use) => imageNamed(subject, use)) : subject.settings.imageUses;
  const presents = await presentOf(subject, await clusterOf(subject), uses);
  const registry = new Registry();
  const known = await Promise.all(
    presents.map((present) => (options.registry ? ask(registry, present) : Promise.resolve<Known>({}))),
  );
  const rows = presents.map((present, index) => ({ present, known: known[index] ?? {} }));
  const { imageSchedule = "" } = subject.settings;
  if (options.json) {
    const images = rows.map((row) => describe(row.present, row.known, imageSchedule));
    console.log(JSON.stringify({ stack: name, images }, null, 2));
  } else {
    const now = new Date();
    const cells = rows.map(({ present, known: said }) => line(present, said, imageSchedule, now));
    console.log(table([["IMAGE", "RUNS", "PODS", "BUILT", "NEWEST", "MOVES"], ...cells]));
  }
  const problems = rows.flatMap(({ present: { use, held }, known: { problem } }): Problem[] => [
    ...(problem === undefined ? [] : [[use.use, problem] as const]),
    ...(held?.failure === undefined ? [] : [[use.use, `the last import failed: ${held.failure}`] as const]),
  ]);
  for (const problem of gathered(problems)) console.error(problem);
  return problems.length > 0 ? 1 : 0;
}

/** An image's use, and what is wrong with it. */
export type Problem = readonly [use: string, problem: string];

/** A line for each problem, with all the images that have it: a registry out of reach is one, not ten. */
export function gathered(problems: readonly Problem[]): readonly string[] {
  const uses = new Map<string, string[]>();
  for (const [use, problem] of problems) uses.set(problem, [...(uses.get(problem) ?? []), use]);
  return [...uses].map(([problem, all]) => `${all.join(", ")}: ${problem}`);
}

async function ask(registry: Registry, present: Present): Promise<Known> {
  const { use } = present;
  const image = parseImage(use.source);
  const digest = digestOf(present);
  try {
    const newest = await newestOf(registry, use);
    if (digest === undefined || image === undefined || newest?.digests.includes(digest) === true) {
      return { ...(newest && { newest, ...(digest !== undefined && { present: newest }) }) };
    }
    return { ...(newest && { newest }), present: await registry.lookUp({ ...image, digest }) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function digestOf({ use, running, held }: Present): string | undefined {
  return running[0]?.digest ?? held?.history[0]?.digest ?? use.reference.split("@")[1];
}

/** What makes an image move on. */
function moves({ pin, reference, stream }: ImageUse, schedule: string): string {
  if (pin !== undefined) return "pinned";
  if (reference.includes("@")) return "never: the settings name a digest";
  if (stream === undefined) return "never by itself: the tag, as it is when a pod starts";
  if (stream.scheduled) return "always";
  return stream.onSchedule ? `by schedule: ${schedule} UTC` : "when told to";
}

function line(present: Present, { newest, present: now }: Known, schedule: string, at: Date): string[] {
  const { use, running } = present;
  const digest = digestOf(present);
  const pods = running.map((one) => one.pods).join("+");
  const isNewest = digest !== undefined && newest?.digests.includes(digest) === true;
  return [
    use.use,
    digest === undefined ? (running[0]?.image ?? "nothing") : short(digest),
    pods === "" ? "0" : pods,
    now?.created === undefined ? "?" : `${age(now.created, at)} ago`,
    newest === undefined ? "?" : isNewest ? "the same" : `${short(newest.digest)}${built(newest, at)}`,
    moves(use, schedule),
  ];
}

function built({ created }: RegistryImage, now: Date): string {
  return created === undefined ? "" : `, ${age(created, now)} ago`;
}

function describe(present: Present, { newest, present: now, problem }: Known, schedule: string): object {
  const { use, running, held } = present;
  const digest = digestOf(present);
  return {
    use: use.use,
    source: use.source,
    reference: use.reference,
    pin: use.pin ?? null,
    moves: moves(use, schedule),
    digest: digest ?? null,
    built: now?.created?.toISOString() ?? null,
    running,
    newest: newest ? { digest: newest.digest, built: newest.created?.toISOString() ?? null } : null,
    isNewest: newest === undefined || digest === undefined ? null : newest.digests.includes(digest),
    stream: use.stream ? { ...use.stream, ...held } : null,
    ...(problem !== undefined && { problem }),
  };
}
