import type { KnownInstance, Work } from "./api";
import { timeText } from "./time-text";

/** Somebody else works on the instance. */
export class Taken extends Error {
  override readonly name = "Taken";

  constructor(
    readonly instance: string,
    readonly work: Work,
  ) {
    super(
      `${instance} is held by ${work.holder} since ${timeText(work.since)}, until ${timeText(work.until)} or longer: ` +
        "wait for it with --wait, or try again later",
    );
  }
}

/** The lease was lost while one worked with it. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";

  /** @param why - Such as `john@desk took over`. */
  constructor(
    readonly instance: string,
    why: string,
  ) {
    super(`stopped working on ${instance}: ${why}; run the command again to put everything right`);
  }
}

/** As many instances live as may. */
export class NoRoom extends Error {
  override readonly name = "NoRoom";

  constructor(
    readonly instance: string,
    readonly place: number,
    max: number,
    living: readonly KnownInstance[],
  ) {
    super(
      [
        `${instance} has to wait: ${max} test instances live at once (packit:testInstances.max), and it would be number ${place} in the queue`,
        ...living.map((other) => `  ${whoHas(other)}`),
        "wait for a place with --wait, or have one of these destroyed or put to sleep",
      ].join("\n"),
    );
  }
}

/** No identity of the pool is left. */
export class NoIdentity extends Error {
  override readonly name = "NoIdentity";

  /** @param taken - Each identity with who has it. */
  constructor(
    readonly instance: string,
    taken: readonly { readonly identity: string; readonly by: KnownInstance }[],
  ) {
    super(
      taken.length === 0
        ? `${instance} needs an identity of its own, and there is none: list some in packit:testInstances.identities of its base`
        : [
            `${instance} needs an identity of its own, and all ${taken.length} are taken (packit:testInstances.identities of its base)`,
            ...taken.map(({ identity, by }) => `  ${identity}: ${whoHas(by)}`),
            "have one of these destroyed, or list another identity",
          ].join("\n"),
    );
  }
}

/** An instance, whose it is, and until when it lives; of one that is being made who is at it, and since when. */
function whoHas(instance: KnownInstance): string {
  const { record, work } = instance;
  const whose = nameAndHolder(instance);
  if (record === undefined)
    return work === undefined ? whose : `${whose}, who makes it since ${timeText(work.since)}`;
  const until = record.expiresAt;
  return `${whose}, ${until === undefined ? "without an end" : `until ${timeText(Date.parse(until))}`}`;
}

/** `dev-pr-614 (jane@laptop)`: an instance and whose it is; who works on it as long as nothing else is known. */
export function nameAndHolder({ name, record, work }: KnownInstance): string {
  const holder = record?.holder.name ?? work?.holder;
  return holder === undefined ? name : `${name} (${holder})`;
}
