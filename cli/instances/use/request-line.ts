/** Our own requests name themselves with this. */
export const OWN_AGENT = "packit-stacks";

/** What a web server is asked without anybody being there. */
export interface MachineRequests {
  /** Paths that nobody but probes and monitors asks for, wherever they are. */
  readonly monitored: readonly string[];
  /** What the probe in the server's own container asks for. The server may write no agents into its log. */
  readonly probed?: string;
  /** Whether the dashboard asks for the usage of all times by itself, each night. @default false */
  readonly warmsUp?: boolean;
}

/** Text in quotes: servers write a quote or a backslash that a client has sent with a backslash before it. */
const QUOTED = String.raw`"((?:[^"\\]|\\.)*)"`;

/** Who, when, what, status and size, as Apache's `common` has it, with referrer and agent in `combined`. */
const RECORD = new RegExp(
  String.raw`^(\S+) (?:[^"\\]|\\.)*${QUOTED} (?:\d{3}|-) (?:\d+|-)(?: ${QUOTED} ${QUOTED})?\s*$`,
);

/** What every record begins with: an address, and nothing about who that is said to be. */
const BEGINNING = /^[\da-f.:]+ - /i;

const LOOPBACK = ["127.0.0.1", "::1"];

/** What the server asks itself to wake its processes. */
const SELF = "OPTIONS * HTTP/1.0";

/** What the dashboard's start script asks the API for at one minute past midnight. */
const WARM_UP = /^\/api\/usage\/(?:past-(?:day|week|month|year)|total|intervals)$/;

/** Until when it has asked all of it, each with a minute's patience: minutes after midnight in UTC. */
const WARM_UP_MINUTES = 12;

/**
 * Whether a line of a web server's log tells of a request that somebody made. In doubt it does: a record that cannot
 * be read is one. Whatever a client sends stands in quotes, and can neither end them nor begin a line.
 *
 * @param time - When the line was written, in milliseconds since 1970.
 */
export function isRequest(line: string, time: number, machines: MachineRequests): boolean {
  if (!BEGINNING.test(line)) return false;
  const [, address, request, , agent = ""] = RECORD.exec(line) ?? [];
  if (address === undefined || request === undefined) return true;
  // A connection on which nothing was asked, such as that of a probe that only connects.
  if (request === "-" || request === "") return false;
  if (agent.startsWith("kube-probe/") || agent === OWN_AGENT) return false;
  const near = LOOPBACK.includes(address);
  if (near && request === SELF) return false;
  const [, path = ""] = /^(?:GET|HEAD) ([^\s?]+)(?:\?\S*)? HTTP\/[\d.]+$/.exec(request) ?? [];
  if (machines.monitored.includes(path) || (near && path === machines.probed)) return false;
  return !(machines.warmsUp === true && WARM_UP.test(path) && isJustAfterMidnight(time));
}

function isJustAfterMidnight(time: number): boolean {
  const date = new Date(time);
  return date.getUTCHours() === 0 && date.getUTCMinutes() < WARM_UP_MINUTES;
}
