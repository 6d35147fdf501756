const TASK = String.raw`([\w.]+)\[[\da-f]{8}-[\da-f-]{27}\]`;

/** `[<time>: <level>/<process>]`, the task within which the line was written, and what Celery says of a task. */
const RECORD = new RegExp(String.raw`^\[[^\]]+: [A-Z]+\/[^\]]+\](?: ${TASK})? (?:Task ${TASK} )?`);

/**
 * What beat starts has the name that Celery gives it, by its module. What events start has been given one, which
 * begins with `task.`.
 */
const SCHEDULED = /^(?:packit_service\.worker\.tasks|celery)\./;

/**
 * Sorts messages. One that a webhook has brought was a request to the web API before; one that a listener has brought
 * matters when it becomes a task.
 */
const SORTING = "task.steve_jobs.process_message";

/** Whether a line of a Celery worker's log tells of a task that an event has started, not the schedule. */
export function isTask(line: string): boolean {
  const [, within, about] = RECORD.exec(line) ?? [];
  const name = within ?? about;
  return name !== undefined && name !== SORTING && !SCHEDULED.test(name);
}
