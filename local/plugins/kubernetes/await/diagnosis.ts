import type { Plain, PlainProperties } from "../../frame/values";
import { textOf } from "../../frame/values";
import type { Place } from "../api/objects";
import type { Session } from "../cluster/session";
import { condition, listAt, mapAt, numberAt, textAt } from "../object";
import { podProblem } from "./pods";

/** More lines than this help nobody. */
const longest = 6;

/** Why an object is not ready: what its pods say, its controller and the events about them. */
export async function diagnose(session: Session, place: Place, object: PlainProperties): Promise<string[]> {
  const [pods, events] = await Promise.all([
    podsOf(session, place, object),
    eventsOf(session, place, object),
  ]);
  const lines = new Lines();
  for (const type of ["ReplicaFailure", "FailureTarget"]) {
    const found = condition(object, type);
    if (found?.status === "True") lines.add(`${textOf(found.reason)}: ${textOf(found.message)}`);
  }
  for (const pod of pods) {
    const problem = podProblem(mapAt(pod));
    if (problem !== undefined) lines.add(`pod ${textAt(pod, "metadata", "name")}: ${problem}`);
  }
  for (const event of events) lines.add(eventText(event, object));
  return lines.first(longest);
}

/** Lines of which none says again what another has said, about another pod perhaps. */
class Lines {
  private readonly said = new Map<string, string>();

  add(line: string): void {
    const gist = line
      .replace(/^(?:event: )?(?:\S+ \S+: )?\w+: /, "")
      .replace("(combined from similar events): ", "")
      .replace(/^Error creating: /, "")
      .replace(/ \(\d+ times\)$/, "")
      .replace(/"[^"]*"/, "");
    if (!this.said.has(gist)) this.said.set(gist, line);
  }

  first(count: number): string[] {
    return [...this.said.values()].slice(0, count);
  }
}

async function podsOf(session: Session, place: Place, object: PlainProperties): Promise<Plain[]> {
  const selector = selectorText(mapAt(object, "spec", "selector"));
  if (selector === "" || !/^(?:apps|batch)\//.test(place.kind.apiVersion)) return [];
  const kind = { apiVersion: "v1", kind: "Pod", plural: "pods", namespaced: true };
  return await items(session, { ...place, kind }, { labelSelector: selector });
}

/** The newest events: all about the object itself, and the warnings about what was made for it. */
async function eventsOf(session: Session, place: Place, object: PlainProperties): Promise<PlainProperties[]> {
  const kind = { apiVersion: "v1", kind: "Event", plural: "events", namespaced: true };
  const namespace = place.namespace === "" ? "default" : place.namespace;
  const all = await items(session, { ...place, namespace, kind }, {});
  const uid = textAt(object, "metadata", "uid");
  const name = textAt(object, "metadata", "name");
  const told = all
    .map((event) => mapAt(event))
    .filter((event) => {
      if (textAt(event, "involvedObject", "uid") === uid)
        return textAt(event, "reason") !== "ScalingReplicaSet";
      const about = textAt(event, "involvedObject", "name");
      return event.type === "Warning" && (about.startsWith(`${name}-`) || about.startsWith(`${name}.`));
    });
  const newest = new Map(told.map((event) => [textOf(event.message), event]));
  return [...newest.values()].sort((a, b) => lastTime(b).localeCompare(lastTime(a))).slice(0, 3);
}

function lastTime(event: PlainProperties): string {
  return (
    textAt(event, "lastTimestamp") ||
    textAt(event, "eventTime") ||
    textAt(event, "metadata", "creationTimestamp")
  );
}

function eventText(event: PlainProperties, object: PlainProperties): string {
  const about = mapAt(event, "involvedObject");
  const itself = textAt(about, "uid") === textAt(object, "metadata", "uid");
  const whose = itself ? "" : ` ${textAt(about, "kind")} ${textAt(about, "name")}:`;
  const count = numberAt(event, "count");
  const times = count > 1 ? ` (${count} times)` : "";
  return `event:${whose} ${textAt(event, "reason")}: ${textAt(event, "message").trim()}${times}`;
}

/** What may not be asked for is not told. */
async function items(session: Session, place: Place, query: Record<string, string>): Promise<Plain[]> {
  try {
    return listAt(await session.objects.list(place.kind, place.namespace, query), "items");
  } catch {
    return [];
  }
}

function selectorText(selector: PlainProperties): string {
  const labels = Object.entries(mapAt(selector, "matchLabels")).map(
    ([key, value]) => `${key}=${textOf(value)}`,
  );
  const operators: Record<string, string> = { In: "in", NotIn: "notin" };
  const expressions = listAt(selector, "matchExpressions").map((expression) => {
    const key = textAt(expression, "key");
    const operator = textAt(expression, "operator");
    if (operator === "Exists") return key;
    if (operator === "DoesNotExist") return `!${key}`;
    return `${key} ${operators[operator] ?? "in"} (${listAt(expression, "values").map(textOf).join(",")})`;
  });
  return [...labels, ...expressions].join(",");
}
