/** Configuration that Redis, Redict and Valkey read alike. */
export interface RedisConfArgs {
  /** Folder of the dump. */
  readonly folder: string;
  /** Bytes of data above which keys that have a time to live are evicted. */
  readonly maxMemory: number;
  /** File with the directives that hold the password, see {@link passwordConf}. @default no password */
  readonly passwordFile?: string;
}

/** Content of `redis.conf`. The rules of when to write a dump are the server's own defaults. */
export function redisConf(args: RedisConfArgs): string {
  return directives([
    ["dir", args.folder],
    // Clients that went away without a word.
    ["timeout", 600],
    ["maxmemory", args.maxMemory],
    // Queues have no time to live: they are never evicted.
    ["maxmemory-policy", "volatile-lru"],
    // Without a password a server would answer nobody but its own pod: who may connect is the network policy's matter.
    args.passwordFile === undefined ? ["protected-mode", "no"] : ["include", args.passwordFile],
  ]);
}

/** Directives that demand a password, and give it to a server that this one is told to replicate (D20). */
export function passwordConf(password: string): string {
  return directives([
    ["requirepass", password],
    ["masterauth", password],
  ]);
}

function directives(lines: readonly (readonly [name: string, value: string | number])[]): string {
  return lines
    .map(([name, value]) => `${name} ${typeof value === "number" ? value : quote(value)}\n`)
    .join("");
}

/** Everything but plain characters as bytes in hexadecimal, which the servers decode in double quotes. */
function quote(text: string): string {
  const escaped = Array.from(Buffer.from(text, "utf8"), (byte) => {
    const character = String.fromCharCode(byte);
    return /[\w./:@%+=,-]/.test(character) ? character : `\\x${byte.toString(16).padStart(2, "0")}`;
  });
  return `"${escaped.join("")}"`;
}
