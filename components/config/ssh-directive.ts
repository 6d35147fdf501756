/**
 * A line of an SSH client's configuration. Blanks, quotes, patterns, tokens and comments mean something to ssh.
 *
 * @throws Error for a value that ssh would read as something else.
 */
export function sshDirective(keyword: string, value: string): string {
  if (!/^[A-Za-z0-9_./:@-]+$/.test(value)) {
    throw new Error(
      `ssh's ${keyword.trim()} cannot be ${JSON.stringify(value)}: use letters, digits and _ . / : @ -`,
    );
  }
  return `${keyword} ${value}`;
}
