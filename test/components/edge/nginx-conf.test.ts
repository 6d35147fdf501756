import assert from "node:assert/strict";

import { edgeConf, type EdgeConfArgs } from "../../../components/edge/edge-conf";
import { block, line, renderNginx } from "../../../components/edge/nginx-conf";

const args: EdgeConfArgs = {
  listen: 8443,
  listenHealth: 8081,
  host: "workers.example.org",
  certificateFile: "/secrets/fullchain.pem",
  keyFile: "/secrets/privkey.pem",
  scratch: "/tmp",
};

describe("renderNginx", () => {
  it("indents blocks, and quotes only what needs it", () => {
    const text = renderNginx([
      block(
        "location",
        ["=", "/a b"],
        [line("return", 200, 'say "hi"\n'), line("set", { variable: "x" }, "")],
      ),
    ]);
    assert.equal(text, 'location = "/a b" {\n  return 200 "say \\"hi\\"\\n";\n  set $x "";\n}\n');
  });

  it("refuses text that nginx would take for a variable", () => {
    assert.throws(() => renderNginx([line("return", 200, "5 $")]), /start of a variable/);
  });
});

describe("edgeConf", () => {
  it("D28: names no server that is not there", () => {
    const metrics = { host: "pushgateway", port: 80 };
    const flower = { host: "flower", port: 5555, htpasswdFile: "/users" };
    assert.doesNotMatch(edgeConf({ ...args, metrics }), /flower/);
    assert.doesNotMatch(edgeConf({ ...args, flower }), /pushgateway/);
    assert.match(
      edgeConf({ ...args, metrics, flower }),
      /http:\/\/pushgateway:80;[^]*http:\/\/flower:5555\/metrics;/,
    );
  });

  it("speaks TLS 1.2 and above", () => {
    assert.match(edgeConf(args), /^ +ssl_protocols TLSv1\.2 TLSv1\.3;$/m);
  });
});
