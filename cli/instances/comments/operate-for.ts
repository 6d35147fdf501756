import type { InstanceView } from "../view";
import type { Conversation, Outcome } from "./desk";
import type { Operations } from "./operations";

/** The instance of a pull request; where there is more than one, the last that was made. */
export async function newestOf(operations: Operations): Promise<InstanceView | undefined> {
  const held = [...(await operations.held())];
  return held.sort((a, b) => (b.createdAt ?? "").localeCompare(a.createdAt ?? ""))[0];
}

/** Destroys everything that a pull request holds. */
export async function destroyFor(conversation: Conversation, reason: string): Promise<Outcome> {
  const { operations } = conversation;
  const held = await operations.held();
  for (const view of held) {
    await conversation.say({ state: "destroying", name: view.name, view });
    await operations.destroy(view.name);
    await conversation.retired(view.name);
  }
  const [last] = held;
  if (last !== undefined) {
    await conversation.say({ state: "gone", name: last.name, reason });
    return {
      kind: "done",
      reason: `destroyed ${held.map(({ name }) => name).join(", ")}`,
      instance: last.name,
    };
  }
  // Who never had one gets no comment when the pull request is closed.
  if (await conversation.comment.exists()) await conversation.say({ state: "gone", reason });
  return { kind: "ignored", reason: "there is no instance" };
}

/** Lets it live longer. */
export function extendFor(conversation: Conversation, ttl: string | undefined): Promise<Outcome> {
  return withInstance(conversation, async ({ name }) => {
    const view = await conversation.operations.extend(name, ttl);
    await conversation.show(view);
    return {
      kind: "done",
      reason: `extended until ${view.expiresAt ?? "somebody destroys it"}`,
      instance: name,
    };
  });
}

/** Wakes it. */
export function wakeFor(conversation: Conversation): Promise<Outcome> {
  return withInstance(conversation, async (asleep) => {
    if (asleep.state === "asleep")
      await conversation.say({ state: "deploying", name: asleep.name, view: asleep });
    await conversation.show(await conversation.operations.wake(asleep.name));
    return { kind: "done", reason: "awake", instance: asleep.name };
  });
}

/** Shows the last lines that it wrote. */
export function logsFor(conversation: Conversation, component: string | undefined): Promise<Outcome> {
  return withInstance(conversation, async (view) => {
    const log = await conversation.operations.logs(view.name, component);
    const of = component === undefined ? "" : ` of ${component}`;
    const title = log.trim() === "" ? `It has written nothing${of}.` : `Its last lines${of}:`;
    await conversation.show(view, { title, ...(log.trim() !== "" && { log }) });
    return { kind: "done", reason: `showed the log${of}`, instance: view.name };
  });
}

async function withInstance(
  conversation: Conversation,
  work: (view: InstanceView) => Promise<Outcome>,
): Promise<Outcome> {
  const view = await newestOf(conversation.operations);
  if (view !== undefined) return work(view);
  await conversation.show(undefined, { title: "This pull request has no test instance." });
  return { kind: "refused", reason: "there is no instance" };
}
