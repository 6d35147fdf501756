import { Uncertain } from "../../frame/provider";
import type { Settings } from "../settings";
import { AwsError } from "./error";
import { formFields, type Parameter } from "./query";
import { signedHeaders } from "./sign";
import { parseXml, type Xml } from "./xml";

/** The services with AWS's query protocol, by the name in a signature, and their versions. */
const versions = { ec2: "2016-11-15", iam: "2010-05-08", sts: "2011-06-15" } as const;

/** Those that take JSON, and what stands before an action's name. */
const targets = { events: "AWSEvents", logs: "Logs_20140328" } as const;

/** All services that are called. */
export type Service = keyof typeof versions | keyof typeof targets | "lambda";

type Parameters = Readonly<Record<string, Parameter>>;
type Json = Readonly<Record<string, unknown>>;

/** How long a call may take, in milliseconds. */
const timeoutMs = 60_000;

/** The AWS API server in one region. */
export class Api {
  constructor(
    private readonly settings: Settings,
    readonly region: string,
    private readonly cancelled: AbortSignal,
  ) {}

  readonly ec2 = (action: string, parameters: Parameters = {}): Promise<Xml> =>
    this.query("ec2", action, parameters);
  readonly iam = (action: string, parameters: Parameters = {}): Promise<Xml> =>
    this.query("iam", action, parameters);
  readonly sts = (action: string): Promise<Xml> => this.query("sts", action, {});

  /** The account that the keys belong to. */
  async account(): Promise<string> {
    return (await this.sts("GetCallerIdentity")).text("GetCallerIdentityResult", "Account");
  }

  /** The same server for another region. */
  in(region: string): Api {
    return region === "" || region === this.region ? this : new Api(this.settings, region, this.cancelled);
  }

  readonly events = (action: string, body: Json): Promise<Json> => this.json("events", action, body);
  readonly logs = (action: string, body: Json): Promise<Json> => this.json("logs", action, body);

  /** Calls a path of Lambda's, such as `/2015-03-31/functions`. */
  async lambda(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: Json): Promise<Json> {
    const headers = { "content-type": "application/json" };
    return asJson(
      await this.send("lambda", method, path, headers, body === undefined ? "" : JSON.stringify(body)),
    );
  }

  private async json(service: keyof typeof targets, action: string, body: Json): Promise<Json> {
    const target = `${targets[service]}.${action}`;
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
    return asJson(await this.send(service, "POST", "/", headers, JSON.stringify(body)));
  }

  private async query(service: keyof typeof versions, action: string, parameters: Parameters): Promise<Xml> {
    const fields = formFields(parameters, service === "ec2" ? "" : "member");
    const form = new URLSearchParams([["Action", action], ["Version", versions[service]], ...fields]);
    const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
    return parseXml(await this.send(service, "POST", "/", headers, form.toString()));
  }

  private async send(
    service: Service,
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<string> {
    const url = new URL(path, this.settings.endpoint(service));
    const signer = { ...this.settings.credentials, region: this.region, service };
    const signed = signedHeaders({ method, url, headers, body }, signer, new Date());
    const signal = AbortSignal.any([this.cancelled, AbortSignal.timeout(timeoutMs)]);
    let response: { status: number; text: string };
    try {
      const answer = await fetch(url, {
        method,
        headers: signed,
        signal,
        ...(method === "GET" ? {} : { body }),
      });
      response = { status: answer.status, text: await answer.text() };
    } catch (error) {
      throw unanswered(url, error);
    }
    if (response.status >= 300) throw refusal(response.status, response.text);
    return response.text;
  }
}

function unanswered(url: URL, error: unknown): Error {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const message = `the AWS API server at ${url.origin} does not answer: ${String(cause)}`;
  const refused = (cause as NodeJS.ErrnoException).code === "ECONNREFUSED";
  return refused ? new Error(message) : new Uncertain(message);
}

/** EC2, IAM and STS refuse in XML, the others in JSON. */
function refusal(status: number, text: string): AwsError {
  try {
    if (text.startsWith("<")) {
      const xml = parseXml(text);
      const error = xml.at("Errors", "Error") ?? xml.at("Error");
      return new AwsError(error?.text("Code") ?? String(status), error?.text("Message") ?? text);
    }
    const { __type, message, Message, Type } = asJson(text);
    const code = [__type, Type].find((name) => typeof name === "string") ?? String(status);
    const words = [message, Message].find((name) => typeof name === "string") ?? text;
    return new AwsError(status === 404 ? "NotFound" : code.replace(/^.*#/, ""), words);
  } catch {
    return new AwsError(String(status), text.slice(0, 200));
  }
}

function asJson(text: string): Json {
  return text === "" ? {} : (JSON.parse(text) as Json);
}
