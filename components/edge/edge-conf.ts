import { block, line, renderNginx, type Directive, type Variable } from "./nginx-conf";

/** A server that requests are handed on to. */
export interface Upstream {
  readonly host: string;
  readonly port: number;
}

export interface EdgeConfArgs {
  /** Address and port, or port alone, that answers HTTPS. */
  readonly listen: string | number;
  /** The same for the kubelet's probes, without TLS. */
  readonly listenHealth: string | number;
  /** Public host name. */
  readonly host: string;
  readonly certificateFile: string;
  readonly keyFile: string;
  /** Folder for everything that nginx writes. */
  readonly scratch: string;
  /** The pushgateway. @default `/metrics` is nothing special */
  readonly metrics?: Upstream;
  /** Flower, behind the users of a htpasswd file. @default all other paths answer 404 */
  readonly flower?: Upstream & { readonly htpasswdFile: string };
}

/** Path that answers the kubelet. */
export const HEALTH_PATH = "/healthz";

/**
 * Content of `nginx.conf`: `/metrics` for everybody, but only to read, all else Flower's behind a password.
 * nginx resolves names when it starts, so only servers that exist may be named (D28).
 */
export function edgeConf(args: EdgeConfArgs): string {
  return renderNginx([
    line("daemon", "off"),
    line("worker_processes", 1),
    line("pid", `${args.scratch}/nginx.pid`),
    line("error_log", "stderr", "warn"),
    block("events", [], []),
    block("http", [], [...common(args), ...maps(), health(args), site(args)]),
  ]);
}

function common({ scratch }: EdgeConfArgs): Directive[] {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return [
    line("access_log", "/dev/stdout"),
    line("server_tokens", "off"),
    ...temporary.map((kind) => line(`${kind}_temp_path`, `${scratch}/${kind}`)),
  ];
}

function maps(): Directive[] {
  return [
    // Another method than one that reads, on a path where nothing else is allowed (D27).
    block(
      "map",
      [variable("request_method"), variable("writes")],
      [line("default", 1), line("GET", 0), line("HEAD", 0)],
    ),
    block(
      "map",
      [variable("http_upgrade"), variable("connection_kind")],
      [line("default", "upgrade"), line("", "close")],
    ),
  ];
}

/** Answers without any other server, so that probes say something about nginx alone. */
function health({ listenHealth }: EdgeConfArgs): Directive {
  return block(
    "server",
    [],
    [
      line("listen", listenHealth),
      line("access_log", "off"),
      block("location", ["=", HEALTH_PATH], [line("return", 200, "ok\n")]),
      block("location", ["/"], [line("return", 404)]),
    ],
  );
}

function site(args: EdgeConfArgs): Directive {
  const { metrics, flower } = args;
  return block(
    "server",
    [],
    [
      line("listen", args.listen, "ssl"),
      line("server_name", args.host),
      line("ssl_certificate", args.certificateFile),
      line("ssl_certificate_key", args.keyFile),
      line("ssl_protocols", "TLSv1.2", "TLSv1.3"),
      line("ssl_session_cache", "shared:tls:1m"),
      ...(metrics === undefined ? [] : [readOnly("/metrics", metrics)]),
      ...(flower === undefined
        ? [block("location", ["/"], [line("return", 404)])]
        : [
            block("location", ["=", "/flower-metrics"], behindPassword(flower, "/metrics")),
            block("location", ["/"], behindPassword(flower)),
          ]),
    ],
  );
}

function readOnly(path: string, upstream: Upstream): Directive {
  return block(
    "location",
    ["=", path],
    [
      block(
        "if",
        [{ condition: "writes" }],
        [line("add_header", "Allow", "GET, HEAD", "always"), line("return", 405)],
      ),
      // The pushgateway knows no HEAD; nginx itself leaves the body out.
      line("proxy_method", "GET"),
      line("proxy_pass", url(upstream)),
    ],
  );
}

function behindPassword(flower: Upstream & { readonly htpasswdFile: string }, path = ""): Directive[] {
  return [
    line("auth_basic", "Restricted"),
    line("auth_basic_user_file", flower.htpasswdFile),
    line("proxy_pass", url(flower) + path),
    line("proxy_http_version", "1.1"),
    line("proxy_set_header", "Upgrade", variable("http_upgrade")),
    line("proxy_set_header", "Connection", variable("connection_kind")),
    line("proxy_set_header", "Host", variable("host")),
    line("proxy_set_header", "X-Real-IP", variable("remote_addr")),
    line("proxy_set_header", "X-Forwarded-Proto", variable("scheme")),
    // The password is for this door alone.
    line("proxy_set_header", "Authorization", ""),
  ];
}

function url({ host, port }: Upstream): string {
  return `http://${host}:${port}`;
}

function variable(name: string): Variable {
  return { variable: name };
}
