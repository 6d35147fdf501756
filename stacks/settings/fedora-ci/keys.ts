/** What happens to pull requests in Fedora's dist-git. */
const DIST_GIT_KEYS = [
  "org.fedoraproject.prod.pagure.pull-request.new",
  "org.fedoraproject.prod.pagure.pull-request.updated",
  "org.fedoraproject.prod.pagure.pull-request.rebased",
  "org.fedoraproject.prod.pagure.pull-request.comment.added",
] as const;

/** What becomes of the scratch builds in Koji. */
const KOJI_KEYS = ["org.fedoraproject.prod.buildsys.task.state.change"] as const;

/** Topics without which Fedora CI cannot serve a project. */
export const FEDORA_CI_KEYS: readonly string[] = [...DIST_GIT_KEYS, ...KOJI_KEYS];

/** What Log Detective has found out about a failed build, for those who have it asked. */
export const LOGDETECTIVE_KEY = "org.fedoraproject.prod.logdetective.analysis";

/**
 * Whether a queue that is bound by a routing key receives a topic, as AMQP says: words are joined by dots, `*` is one
 * word, `#` any number of them.
 */
export function receives(routingKey: string, topic: string): boolean {
  return matches(routingKey.split("."), topic.split("."));
}

function matches([first, ...pattern]: readonly string[], words: readonly string[]): boolean {
  if (first === undefined) return words.length === 0;
  const [word, ...rest] = words;
  if (first === "#")
    return matches(pattern, words) || (word !== undefined && matches([first, ...pattern], rest));
  return word !== undefined && (first === "*" || first === word) && matches(pattern, rest);
}
