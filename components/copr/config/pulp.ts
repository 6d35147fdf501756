import { createHash } from "node:crypto";

import { stringify } from "smol-toml";

import { block, type Directive, line, renderNginx } from "../../edge/nginx-conf";
import { absolutePath } from "./checks";
import type { BaseUrl } from "./addresses";

/** Ports of Pulp's programs within the pod. */
export const PULP_API_PORT = 24_817;
export const PULP_CONTENT_PORT = 24_816;

/** The user that the backend is at Pulp. */
export const PULP_USER = "admin";

/** What the server in front of Pulp's programs has to know. */
export interface PulpFrontConfig {
  /** Port, or address and port. */
  readonly listen: string | number;
  /** Folder for everything that nginx writes. */
  readonly scratch: string;
  /** Ports of the programs. @default those of the pod */
  readonly ports?: { readonly api: number; readonly content: number };
}

/** Content of the `nginx.conf` by which Pulp's programs have one address. */
export function pulpFrontConfig({ listen, scratch, ports }: PulpFrontConfig): string {
  const { api, content } = ports ?? { api: PULP_API_PORT, content: PULP_CONTENT_PORT };
  const folder = absolutePath("nginx's folder", scratch);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const server = block(
    "server",
    [],
    [
      line("listen", listen),
      // Packages of any size, handed on as they come.
      line("client_max_body_size", 0),
      line("proxy_request_buffering", "off"),
      line("proxy_max_temp_file_size", 0),
      line("proxy_http_version", "1.1"),
      line("proxy_read_timeout", "300s"),
      line("proxy_set_header", "Host", { variable: "http_host" }),
      line("proxy_set_header", "X-Forwarded-Proto", { variable: "scheme" }),
      block("location", ["/pulp/content/"], handOn(content)),
      block("location", ["/pulp/api/"], handOn(api)),
      block("location", ["/"], [line("return", 404)]),
    ],
  );
  return renderNginx([
    line("daemon", "off"),
    line("worker_processes", 1),
    line("pid", `${folder}/nginx.pid`),
    line("error_log", "stderr", "warn"),
    block("events", [], []),
    block(
      "http",
      [],
      [
        line("access_log", "/dev/stdout"),
        line("server_tokens", "off"),
        ...temporary.map((kind) => line(`${kind}_temp_path`, `${folder}/${kind}`)),
        server,
      ],
    ),
  ]);
}

function handOn(port: number): Directive[] {
  return [line("proxy_pass", `http://127.0.0.1:${port}`)];
}

/** The `cli.toml` by which the backend knows Pulp. It holds a password, so it belongs into a Secret. */
export function pulpClientConfig(address: BaseUrl, password: string): string {
  return stringify({
    cli: {
      base_url: address,
      api_root: "/pulp/",
      domain: "default",
      username: PULP_USER,
      password,
      // Within the cluster, without TLS.
      verify_ssl: false,
      format: "json",
      timeout: 0,
    },
  });
}

/** A key in the form of the one that encrypts columns of Pulp's database: 32 bytes. @param secret - It comes from. */
export function symmetricKey(secret: string): string {
  const digest = createHash("sha256").update(secret).digest("base64");
  return digest.replaceAll("+", "-").replaceAll("/", "_");
}
