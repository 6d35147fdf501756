/** What was given is no preview that can be judged. Its message is one line. */
export class Unreadable extends Error {}
