import type { Cluster, ClusterAnswer } from "../../../cluster";
import { objectionIn } from "../../../cluster-answer";

/** The answer's object. @throws Error with the server's objection. */
export function taken(answer: ClusterAnswer, to: string): unknown {
  if (answer.status >= 400) throw new Error(`the cluster refuses to ${to}: ${objectionIn(answer)}`);
  return answer.body;
}

/** Makes an object; says whether it was there already. @throws Error with the server's objection. */
export async function make(
  cluster: Cluster,
  collection: string,
  object: { readonly kind: string; readonly metadata: { readonly name: string } },
): Promise<"made" | "there"> {
  const answer = await cluster.ask("POST", `${collection}?fieldValidation=Strict`, object);
  if (answer.status === 409) return "there";
  taken(answer, `make the ${object.kind} ${object.metadata.name}`);
  return "made";
}

/** The last lines of a log, without those that are empty. */
export function lastLines(text: unknown, most = 40): readonly string[] {
  if (typeof text !== "string") return [];
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .slice(-most);
}
