import { block, type Directive, line, type Pattern, renderNginx, type Variable } from "../../edge/nginx-conf";
import { endpointUrl, type Endpoint } from "./addresses";
import { absolutePath } from "./checks";

/** What the server of results has to know. */
export interface ResultsConfig {
  /** Port, or address and port. */
  readonly listen: string | number;
  /** What is served: the folders `results` and `stats` are in it. */
  readonly publicFolder: string;
  /** Folder for everything that nginx writes. */
  readonly scratch: string;
  /** Pulp, which has the packages that are not in the folder (B26). @default all are */
  readonly pulp?: Endpoint;
}

/** Types of what is in results; the rest is text, as logs and spec files are. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  "text/html": ["html"],
  "text/css": ["css"],
  "text/xml": ["xml"],
  "application/json": ["json"],
  "application/gzip": ["gz"],
  "application/zstd": ["zst"],
  "application/x-bzip2": ["bz2"],
  "application/x-xz": ["xz"],
  "application/x-rpm": ["rpm"],
  "image/png": ["png"],
  "image/svg+xml": ["svg"],
  "application/octet-stream": ["zck", "solv", "solvx"],
};

/** What Pulp has where a project keeps its packages there. */
const IN_PULP = "^/results/.+[.](?:xml|xml[.]gz|xml[.]zst|xml[.]zck|rpm)$";

/** Place of what is asked of Pulp, which nobody outside can ask for. */
const PULP_PREFIX = "/pulp";

/**
 * Content of the `nginx.conf` that serves what was built (C11). nginx resolves names when it starts, so Pulp's
 * Service has to be there before.
 *
 * @throws Error for a folder that is no absolute path.
 */
export function resultsConfig(config: ResultsConfig): string {
  return renderNginx([
    line("daemon", "off"),
    line("worker_processes", 2),
    line("pid", `${config.scratch}/nginx.pid`),
    line("error_log", "stderr", "warn"),
    block("events", [], []),
    block("http", [], [...common(config), ...maps(), server(config)]),
  ]);
}

function common({ scratch }: ResultsConfig): Directive[] {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return [
    line("access_log", "/dev/stdout"),
    line("server_tokens", "off"),
    line("sendfile", "on"),
    line("default_type", "text/plain"),
    block(
      "types",
      [],
      Object.entries(TYPES).map(([type, endings]) => line(type, ...endings)),
    ),
    ...temporary.map((kind) =>
      line(`${kind}_temp_path`, absolutePath("nginx's folder", `${scratch}/${kind}`)),
    ),
  ];
}

function maps(): Directive[] {
  return [
    // A repository's index changes under its name, and a live log with every line; the rest is never changed.
    block(
      "map",
      [variable("uri"), variable("caching")],
      [
        line("default", ""),
        line(pattern("~/repomd[.]xml(?:[.]asc|[.]key)?$"), "no-cache"),
        line(pattern("~[.]log$"), "no-store"),
      ],
    ),
    // Browsers show a packed log. Not so for packed metadata, whose checksums are those of the file as it is.
    block(
      "map",
      [variable("uri"), variable("packing")],
      [line("default", ""), line(pattern("~[.]log[.]gz$"), "gzip")],
    ),
  ];
}

function server({ listen, publicFolder, pulp }: ResultsConfig): Directive {
  return block(
    "server",
    [],
    [
      line("listen", listen),
      line("root", absolutePath("the folder of results", publicFolder)),
      line("autoindex", "on"),
      line("autoindex_exact_size", "off"),
      // The router's address and port are others than those that nginx would make an address of.
      line("absolute_redirect", "off"),
      // An empty value is no header.
      line("add_header", "Cache-Control", variable("caching")),
      line("add_header", "Content-Encoding", variable("packing")),
      line("add_header", "X-Content-Type-Options", "nosniff"),
      block("location", ["/"], []),
      block("location", ["~", pattern("[.]log[.]gz$")], [block("types", [], [])]),
      ...(pulp === undefined ? [] : fromPulp(pulp)),
    ],
  );
}

/** What is not in the folder is Pulp's. */
function fromPulp(pulp: Endpoint): Directive[] {
  const readOnly = block("limit_except", ["GET"], [line("deny", "all")]);
  return [
    block(
      "location",
      ["~", pattern(IN_PULP)],
      [readOnly, line("try_files", variable("uri"), variable("uri", PULP_PREFIX))],
    ),
    block(
      "location",
      ["^~", `${PULP_PREFIX}/results/`],
      [
        line("internal"),
        readOnly,
        line("proxy_pass", `${endpointUrl(pulp)}/pulp/content/`),
        line("proxy_http_version", "1.1"),
        // Packages are handed on as they come, and fill no folder.
        line("proxy_max_temp_file_size", 0),
      ],
    ),
  ];
}

function variable(name: string, prefix?: string): Variable {
  return { variable: name, ...(prefix !== undefined && { prefix }) };
}

function pattern(text: string): Pattern {
  return { pattern: text };
}
