/** What the sidecar's configuration depends on. */
export interface FluentdConfig {
  /** Port of the loopback interface at which it takes log records, by UDP. */
  readonly syslogPort: number;
  /** Port at which it answers probes. */
  readonly monitorPort: number;
  /** Variables of its environment that say where Splunk is and hold the token. */
  readonly variables: { readonly host: string; readonly port: string; readonly token: string };
}

/** First part of the tags of all records. */
const TAG = "packit";

/**
 * Content of `fluent.conf`: syslog in, Splunk's HTTP event collector out. The values of Splunk come from the
 * environment, so the file holds no secret; the dump of the configuration at the start would show them, so there is
 * none.
 */
export function fluentdConfig({ syslogPort, monitorPort, variables }: FluentdConfig): string {
  return [
    section("system", [
      ["log_level", "debug"],
      ["suppress_config_dump", "true"],
    ]),
    section("source", [
      ["@type", "syslog"],
      ["bind", "127.0.0.1"],
      ["port", String(syslogPort)],
      ["tag", TAG],
      ["message_format", "rfc5424"],
    ]),
    section("source", [
      ["@type", "monitor_agent"],
      ["bind", "0.0.0.0"],
      ["port", String(monitorPort)],
      // It would show the token to whoever asks.
      ["include_config", "false"],
    ]),
    section(`match ${TAG}.**`, [
      ["@type", "splunk_hec"],
      ["hec_host", fromEnvironment(variables.host)],
      ["hec_port", fromEnvironment(variables.port)],
      ["hec_token", fromEnvironment(variables.token)],
    ]),
  ].join("\n");
}

function section(opening: string, parameters: readonly (readonly [name: string, value: string])[]): string {
  const [name = ""] = opening.split(" ");
  return [`<${opening}>`, ...parameters.map(([key, value]) => `  ${key} ${value}`), `</${name}>`, ""].join(
    "\n",
  );
}

/** Ruby in double quotes, which fluentd runs when it reads the file. */
function fromEnvironment(variable: string): string {
  return `"#{ENV['${variable}']}"`;
}
