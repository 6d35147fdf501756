import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Uncertain } from "../../../../../local/plugins/frame/provider";
import {
  isFieldConflict,
  isNamespaceMissing,
  Unreachable,
} from "../../../../../local/plugins/kubernetes/api/api-error";
import { afterWrite, Client } from "../../../../../local/plugins/kubernetes/api/client";
import { Discovery } from "../../../../../local/plugins/kubernetes/api/discovery";
import { Objects } from "../../../../../local/plugins/kubernetes/api/objects";
import { Watches } from "../../../../../local/plugins/kubernetes/api/watches";
import type { KubeObject } from "../../../../../local/plugins/kubernetes/object";

type Respond = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const pod = { apiVersion: "v1", kind: "Pod", plural: "pods", namespaced: true };
const place = { kind: pod, namespace: "packit", name: "a/b" };

describe("the API server's client", () => {
  let server: Server;
  let respond: Respond;
  const seen: string[] = [];

  before((done) => {
    server = createServer((request, response) => {
      seen.push(`${request.method ?? ""} ${request.url ?? ""}`);
      let body = "";
      request.on("data", (chunk) => (body += String(chunk)));
      request.on("end", () => {
        respond(request, response, body);
      });
    });
    server.listen(0, "127.0.0.1", done);
  });
  beforeEach(() => {
    seen.length = 0;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const client = (port = (server.address() as AddressInfo).port): Client =>
    new Client({
      source: "kubeconfig /x",
      context: "a",
      server: `http://127.0.0.1:${port}`,
      namespace: "default",
      cluster: {},
      user: { token: "t" },
      folder: "/",
    });
  const json =
    (code: number, value: unknown): Respond =>
    (_request, response) => {
      response.writeHead(code).end(JSON.stringify(value));
    };

  it("applies with a manager, strict validation and the user's token", async () => {
    let got: unknown;
    respond = (request, response, body) => {
      got = [request.headers.authorization, request.headers["content-type"], body];
      response.writeHead(201).end("{}");
    };
    const applied = await new Objects(client()).apply(place, { a: 1 }, { manager: "m", dryRun: true });
    assert.equal(applied.created, true);
    assert.deepEqual(got, ["Bearer t", "application/apply-patch+yaml", `{"a":1}`]);
    assert.deepEqual(seen, [
      "PATCH /api/v1/namespaces/packit/pods/a%2Fb?fieldManager=m&fieldValidation=Strict&dryRun=All&force=false",
    ]);
  });

  it("tells refusals apart", async () => {
    const refused = async (code: number, status: unknown): Promise<unknown> => {
      respond = json(code, status);
      return await new Objects(client()).create(place, {}, { manager: "m" }).catch((error: unknown) => error);
    };
    assert.ok(isNamespaceMissing(await refused(404, { code: 404, details: { kind: "namespaces" } })));
    const causes = [{ reason: "FieldManagerConflict", field: ".a" }];
    assert.ok(isFieldConflict(await refused(409, { code: 409, details: { causes } })));
    const unauthorized = (await refused(401, {})) as Error;
    assert.match(unauthorized.message, /refuses the credentials of context "a" in kubeconfig \/x/);
    const strange = (await refused(418, "")) as Error;
    assert.match(strange.message, /POST .*: HTTP 418/);
  });

  it("sends again what a busy server refused, and gives a missing object as undefined", async () => {
    let times = 0;
    respond = (request, response, body) => {
      json(++times < 3 ? 503 : 404, { code: times < 3 ? 503 : 404 })(request, response, body);
    };
    assert.equal(await new Objects(client()).get(place), undefined);
    assert.equal(times, 3);
  });

  it("says within 10 s that no cluster is there, which one and by which kubeconfig", async () => {
    const started = Date.now();
    const error: unknown = await new Objects(client(1)).get(place).catch((reason: unknown) => reason);
    assert.ok(error instanceof Unreachable && Date.now() - started < 10_000);
    const words =
      /cannot reach the Kubernetes API server http:\/\/127\.0\.0\.1:1 \(kubeconfig \/x, context "a"\): .*ECONNREFUSED/;
    assert.match(error.message, words);
    assert.equal(afterWrite(error), error);
    assert.ok(afterWrite(new Unreachable("", true)) instanceof Uncertain);
  });

  it("goes on with a server that was away for a moment", async () => {
    const one = client();
    respond = json(200, {});
    await new Objects(one).get(place);
    let times = 0;
    respond = (request, response, body) => {
      if (++times === 1) request.socket.destroy();
      else json(200, { kind: "Pod" })(request, response, body);
    };
    assert.deepEqual(await new Objects(one).get(place), { kind: "Pod" });
  });

  it("learns the kinds in one go, and again when one is missing", async () => {
    let widgets = 0;
    respond = (request, response, body) => {
      const groups = [
        {
          metadata: { name: "apps" },
          versions: [
            {
              version: "v1",
              resources: [
                { resource: "deployments", responseKind: { kind: "Deployment" }, scope: "Namespaced" },
              ],
            },
          ],
        },
        ...(widgets++ > 2
          ? [
              {
                metadata: { name: "x" },
                versions: [{ version: "v1", resources: [{ resource: "ws", responseKind: { kind: "W" } }] }],
              },
            ]
          : []),
      ];
      const items = request.url === "/apis" ? groups : [];
      json(200, { kind: "APIGroupDiscoveryList", items })(request, response, body);
    };
    const discovery = new Discovery(client());
    const deployment = { apiVersion: "apps/v1", kind: "Deployment", plural: "deployments", namespaced: true };
    assert.deepEqual(await discovery.find("apps/v1", "Deployment"), deployment);
    assert.deepEqual(await discovery.find("apps/v1", "Deployment"), deployment);
    assert.equal(seen.length, 2);
    assert.deepEqual(await discovery.find("x/v1", "W"), {
      apiVersion: "x/v1",
      kind: "W",
      plural: "ws",
      namespaced: false,
    });
    assert.equal(seen.length, 4);
  });

  it("learns the kinds of an API server before 1.26 as well", async () => {
    const resources = [
      { name: "routes", kind: "Route", namespaced: true },
      { name: "routes/status", kind: "Route", namespaced: true },
    ];
    const answers: Record<string, unknown> = {
      "/api": { kind: "APIVersions", versions: ["v1"] },
      "/apis": {
        kind: "APIGroupList",
        groups: [{ versions: [{ groupVersion: "r/v1" }, { groupVersion: "down/v1" }] }],
      },
      "/api/v1": { resources: [] },
      "/apis/r/v1": { resources },
    };
    respond = (request, response, body) => {
      const answer = answers[request.url ?? ""];
      json(answer === undefined ? 404 : 200, answer ?? {})(request, response, body);
    };
    const route = { apiVersion: "r/v1", kind: "Route", plural: "routes", namespaced: true };
    assert.deepEqual(await new Discovery(client()).find("r/v1", "Route"), route);
  });

  it("watches a kind in a namespace once for all who wait, and starts again when the watch is lost", async () => {
    const object = (uid: string, version: string): KubeObject => ({
      metadata: { uid, resourceVersion: version },
    });
    let lists = 0;
    let lastWatch: ServerResponse | undefined;
    respond = (request, response, body) => {
      if (request.url?.includes("watch=true") === true) {
        lastWatch = response.writeHead(200);
        response.flushHeaders();
        return;
      }
      lists++;
      const items = lists === 1 ? [object("a", "1"), object("b", "1")] : [object("a", "9")];
      json(200, { metadata: { resourceVersion: "1" }, items })(request, response, body);
    };
    const tell = (type: string, value: KubeObject): void => {
      lastWatch?.write(`${JSON.stringify({ type, object: value })}\n`);
    };
    const until = async (met: () => boolean): Promise<void> => {
      while (!met()) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const watches = new Watches(new Objects(client()));
    const told: { a: unknown[]; b: unknown[] } = { a: [], b: [] };
    const follow = (uid: "a" | "b"): (() => void) =>
      watches.follow(pod, "packit", uid, (found) =>
        told[uid].push((found?.metadata as KubeObject | undefined)?.resourceVersion),
      );
    const ends = [follow("a"), follow("b")];
    await until(() => lastWatch !== undefined);
    tell("MODIFIED", object("a", "5"));
    await until(() => told.a.length === 2);
    assert.deepEqual(told, { a: ["1", "5"], b: ["1"] });
    assert.equal(seen.length, 2);
    // What happened meanwhile is no longer known: b is gone from the new list.
    const first = lastWatch;
    tell("ERROR", { code: 410 });
    await until(() => lastWatch !== first);
    assert.deepEqual(told, { a: ["1", "5", "9"], b: ["1", undefined] });
    tell("DELETED", object("a", "10"));
    await until(() => told.a.length === 4);
    assert.equal(told.a.at(-1), undefined);
    for (const end of ends) end();
    await until(() => lastWatch?.closed === true);
  });

  /** What comes within a second. */
  const soon = (told: Promise<unknown> | undefined): Promise<unknown> =>
    Promise.race([told, sleep(1000, "nothing came")]);

  it("tells the first who waits of an object that was gone before anybody looked", async () => {
    respond = (request, response, body) => {
      if (request.url?.includes("watch=true") === true) response.writeHead(200).flushHeaders();
      else json(200, { metadata: { resourceVersion: "1" }, items: [] })(request, response, body);
    };
    const watches = new Watches(new Objects(client()));
    let end: (() => void) | undefined;
    const told = new Promise((resolve) => {
      end = watches.follow(pod, "packit", "gone", resolve);
    });
    const what = await soon(told);
    end?.();
    assert.equal(what, undefined);
  });

  it("tells one who comes while the list is on its way of an object that is gone by then", async () => {
    const watches = new Watches(new Objects(client()));
    const ends: (() => void)[] = [];
    let late: Promise<unknown> | undefined;
    const follow = (uid: string): Promise<unknown> =>
      new Promise((resolve) => ends.push(watches.follow(pod, "packit", uid, resolve)));
    respond = (request, response, body) => {
      if (request.url?.includes("watch=true") === true) {
        response.writeHead(200).flushHeaders();
        return;
      }
      late ??= follow("late");
      json(200, { metadata: { resourceVersion: "1" }, items: [] })(request, response, body);
    };
    const told = [await soon(follow("first")), await soon(late)];
    for (const end of ends) end();
    assert.deepEqual(told, [undefined, undefined]);
  });
});
