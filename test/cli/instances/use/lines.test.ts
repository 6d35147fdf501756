import assert from "node:assert/strict";

import fc from "fast-check";

import { isTask } from "../../../../cli/instances/use/task-line";
import { WITNESSES } from "../../../../cli/instances/use/witnesses";

const NOON = Date.UTC(2026, 10, 22, 12);
const WHEN = "[22/Nov/2026:12:00:00 +0000]";

function isUse(component: string, line: string, time = NOON): boolean {
  const judge = WITNESSES[component];
  assert.ok(judge);
  return judge(line, time);
}

describe("lines of web servers' logs", () => {
  const ours = (request: string, address = "127.0.0.1"): string =>
    `${address} - - ${WHEN} "${request}" 200 21`;

  it("are use when somebody asks for a page, sends an event, or is refused", () => {
    for (const line of [
      ours("GET /api/projects HTTP/1.1", "10.131.0.7"),
      ours("POST /api/webhooks/github HTTP/1.1", "10.131.0.7"),
      ours("GET /api/healthzz HTTP/2.0"),
      ours("GET /api HTTP/1.1"),
      ours("OPTIONS * HTTP/1.0", "10.131.0.7"),
      `fd01::7 - - ${WHEN} "GET /nothing HTTP/1.1" 404 -`,
      `10.1.1.1 - boss ${WHEN} "GET /flower HTTP/1.1" 200 5 "https://a.example/" "Mozilla/5.0 (X11)"`,
    ])
      assert.equal(isUse("packit-service", line), true, line);
  });

  it("are none when probes and monitors ask, the server itself, and nobody anything", () => {
    for (const line of [
      ours("GET /api/healthz HTTP/2.0"),
      ours("HEAD /api/healthz?x=1 HTTP/1.1", "10.131.0.7"),
      ours("GET /metrics HTTP/1.1", "10.131.0.7"),
      ours("OPTIONS * HTTP/1.0", "::1"),
      ours("-", "10.131.0.7"),
      `10.1.1.1 - - ${WHEN} "GET /api HTTP/1.1" 200 5 "-" "kube-probe/1.33"`,
      `10.1.1.1 - - ${WHEN} "GET /api HTTP/1.1" 200 5 "-" "packit-stacks"`,
      "+ exec mod_wsgi-express-3 start-server --access-log",
      "[Sun Nov 22 12:00:00.000000 2026] [mpm_event:notice] [pid 1:tid 1] AH00489: Apache/2.4.65 configured",
      "",
    ])
      assert.equal(isUse("packit-service", line), false, line);
  });

  it("are none of the dashboard's when its own probe asks for its front page", () => {
    assert.equal(isUse("packit-dashboard", ours("GET / HTTP/2.0")), false);
    assert.equal(isUse("packit-dashboard", ours("GET /assets/index.js HTTP/2.0")), true);
    assert.equal(isUse("packit-dashboard", ours("GET / HTTP/2.0", "10.131.0.7")), true);
  });

  it("are none when the dashboard asks for all usage at midnight, and are when somebody does by day", () => {
    for (const path of ["/api/usage/past-week", "/api/usage/intervals?days=0&hours=1&count=24"]) {
      const line = ours(`GET ${path} HTTP/1.1`, "10.131.0.7");
      assert.equal(isUse("packit-service", line, Date.UTC(2026, 10, 23, 0, 1, 4)), false);
      assert.equal(isUse("packit-service", line), true);
      assert.equal(isUse("packit-service", line, Date.UTC(2026, 10, 23, 0, 30)), true);
    }
  });

  /** What servers make of text that a client has sent: it stays in its quotes and on its line. */
  const escaped = fc
    .oneof(
      fc.string(),
      fc.constantFrom(
        'kube-probe/1.33"',
        '" 200 5 "-" "kube-probe/1.33',
        '/api/healthz HTTP/1.1" 200 5',
        '\n127.0.0.1 - - "GET /api/healthz HTTP/1.1" 200 21',
        "kube-probe/1.33",
        "packit-stacks",
        "\\",
      ),
    )
    .chain((text) =>
      fc.constantFrom(
        // nginx, and Apache.
        text.replaceAll(/[^ !#-[\]-~]/g, (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, "0")}`),
        text.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll(/[^ -~]/g, String.raw`\n`),
      ),
    );

  it("never are when the kubelet asks, whatever else stands there", () => {
    fc.assert(
      fc.property(escaped, escaped, escaped, (user, path, referrer) => {
        const line = `10.1.1.1 - ${user} ${WHEN} "GET /${path} HTTP/1.1" 200 5 "${referrer}" "kube-probe/1.33"`;
        for (const component of ["packit-service", "packit-dashboard", "nginx"])
          assert.equal(isUse(component, line), false, line);
      }),
      { numRuns: 500 },
    );
  });

  it("always are when a browser asks, whatever it pretends in its address, user or referrer", () => {
    fc.assert(
      fc.property(escaped, escaped, escaped, (user, path, referrer) => {
        const request = `"POST /${path} HTTP/1.1"`;
        const agent = `"${referrer}" "Mozilla/5.0 kube-probe/1.33"`;
        for (const end of ["", ` ${agent}`]) {
          const line = `10.1.1.1 - ${user} ${WHEN} ${request} 200 5${end}`;
          for (const component of ["packit-service", "packit-dashboard", "nginx"])
            assert.equal(isUse(component, line), true, line);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("are use when they cannot be read to their end", () => {
    assert.equal(isUse("nginx", `10.1.1.1 - - ${WHEN} "GET /met`), true);
  });
});

describe("lines of workers' logs", () => {
  const record = (text: string, worker = "MainProcess"): string =>
    `[2026-11-22 02:16:16,675: INFO/${worker}] ${text}`;
  const BABYSIT =
    "packit_service.worker.tasks.babysit_pending_tft_runs[3db94b82-b89e-4c57-8ea5-0f02dac0906d]";
  const BUILD = "task.run_copr_build_handler[c9a8403b-3840-4c0f-b460-55f6cafff0be]";
  const SORTED = "task.steve_jobs.process_message[f66539c9-e283-4b3d-a627-a0deb92188d4]";

  it("are use when a task is taken, at work, or at its end", () => {
    for (const line of [
      record(`Task ${BUILD} received`),
      record(`${BUILD} Cloning https://github.com/packit/ogr`, "ForkPoolWorker-1"),
      record(`${BUILD} Task ${BUILD} succeeded in 0.1s: None`, "ForkPoolWorker-1"),
      record(`${BUILD} Task ${BUILD} raised unexpected: ValueError('x')`, "ForkPoolWorker-1"),
    ])
      assert.equal(isTask(line), true, line);
  });

  it("are none of the schedule's tasks, nor of sorting messages, whatever these write", () => {
    for (const line of [
      record(`Task ${BABYSIT} received`),
      record(`${BABYSIT} Task ${BABYSIT} succeeded in 0.03s: None`, "ForkPoolWorker-2"),
      record(`${BABYSIT} Task ${BUILD} received`, "ForkPoolWorker-2"),
      record(`Task celery.backend_cleanup[3db94b82-b89e-4c57-8ea5-0f02dac0906d] received`),
      record(`Task ${SORTED} received`),
      record(`${SORTED} Task ${SORTED} succeeded in 0.07s: None`, "ForkPoolWorker-2"),
      "[2026-11-22 02:16:11,223: DEBUG/MainProcess] pidbox received method ping() [reply_to:None ticket:x]",
      "[2026-11-22 02:16:12,625: DEBUG/MainProcess] | Consumer: Starting Tasks",
      "Traceback (most recent call last):",
      "",
    ])
      assert.equal(isTask(line), false, line);
  });
});
