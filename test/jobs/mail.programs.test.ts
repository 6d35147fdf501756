import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { program } from "../support/programs";
import { freePort } from "../support/sandbox";

const MAIN = join(__dirname, "../../jobs/mail/main.py");

/** A relay that keeps what it gets, and refuses a recipient. */
class FakeRelay {
  readonly messages: { readonly to: readonly string[]; readonly text: string }[] = [];
  readonly commands: string[] = [];
  readonly #server: Server;

  constructor(port: number, extensions: readonly string[] = []) {
    this.#server = createServer((socket) => {
      let to: string[] = [];
      let text: string | undefined;
      let rest = "";
      socket.write("220 relay\r\n");
      socket.setEncoding("utf8").on("data", (chunk: string) => {
        const lines = (rest + chunk).split("\r\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
          if (text !== undefined) {
            if (line !== ".") {
              text += `${line}\n`;
              continue;
            }
            this.messages.push({ to, text });
            [to, text] = [[], undefined];
            socket.write("250 taken\r\n");
            continue;
          }
          this.commands.push(line);
          if (/^EHLO/i.test(line))
            socket.write(["250-relay", ...extensions.map((one) => `250-${one}`), "250 OK", ""].join("\r\n"));
          else if (/^RCPT TO:<nobody@/i.test(line)) socket.write("550 5.1.1 no such user\r\n");
          else if (/^RCPT/i.test(line)) {
            to.push(line);
            socket.write("250 ok\r\n");
          } else if (/^DATA/i.test(line)) {
            text = "";
            socket.write("354 go on\r\n");
          } else socket.write("250 ok\r\n");
        }
      });
      socket.on("error", () => socket.destroy());
    });
    this.#server.listen(port, "127.0.0.1");
  }

  close(): void {
    this.#server.close();
  }
}

/** Sends mail as Copr does, by its own program's library. */
const SEND = `
import smtplib, sys
with smtplib.SMTP("127.0.0.1", int(sys.argv[1])) as smtp:
    try:
        print("refused", smtp.sendmail("copr@example.org", sys.argv[2].split(","), sys.argv[3]))
    except smtplib.SMTPResponseException as error:
        print("failed", error.smtp_code, error.smtp_error.decode())
    except smtplib.SMTPRecipientsRefused as error:
        print("failed", error.recipients)
`;

describe("the program that hands mail on", () => {
  const python = program("python3");
  const running: ChildProcess[] = [];
  const relays: FakeRelay[] = [];

  after(() => {
    for (const child of running) child.kill("SIGKILL");
    for (const relay of relays) relay.close();
  });

  async function start(
    extensions: readonly string[] = [],
    env: Record<string, string> = {},
  ): Promise<{ port: number; relay: FakeRelay; child: ChildProcess; log: () => string }> {
    const [port, relayPort] = [await freePort(), await freePort()];
    const relay = new FakeRelay(relayPort, extensions);
    relays.push(relay);
    const child = spawn(
      python,
      ["-B", MAIN, "--listen", `127.0.0.1:${port}`, "--relay", `127.0.0.1:${relayPort}`],
      { stdio: ["ignore", "pipe", "inherit"], env: { PATH: process.env.PATH, ...env } },
    );
    running.push(child);
    let log = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
    for (let tries = 0; spawnSync("bash", ["-c", `: < /dev/tcp/127.0.0.1/${port}`]).status !== 0; tries++) {
      assert.ok(tries < 200, "it does not listen");
      await sleep(50);
    }
    return { port, relay, child, log: () => log };
  }

  async function send(port: number, to: string, text: string): Promise<string> {
    const child = spawn(python, ["-B", "-c", SEND, String(port), to, text]);
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      output += part;
    });
    await once(child, "close");
    return output.trim();
  }

  it("C33: hands a message on as it is, and ends when it is told to", async () => {
    const { port, relay, child, log } = await start();
    const text = "Subject: Outdated chroots\n\nDear user,\n.a line with a dot\nBye\n";
    assert.equal(await send(port, "one@example.org,two@example.org", text), "refused {}");
    assert.deepEqual(relay.messages, [
      {
        to: ["rcpt TO:<one@example.org>", "rcpt TO:<two@example.org>"],
        text: text.replace(".a line", "..a line"),
      },
    ]);
    child.kill("SIGTERM");
    assert.deepEqual(await once(child, "close"), [0, null]);
    assert.equal(log(), "mail: sent to 2, refused 0\n");
  });

  it("says nothing of who only looks whether it listens, and of others that they have left", async () => {
    const { port, child, log } = await start();
    for (const words of ["", "EHLO somebody\r\n"]) {
      const client = connect(port, "127.0.0.1");
      await once(client, "data");
      if (words !== "") {
        client.write(words);
        await once(client, "data");
      }
      client.resetAndDestroy();
    }
    for (let tries = 0; log() === "" && tries < 100; tries++) await sleep(50);
    child.kill("SIGTERM");
    await once(child, "close");
    assert.match(log(), /^mail: a client is gone: .*reset.*\n$/);
  });

  it("says what the relay says, and that it is not there", async () => {
    const { port, relay } = await start();
    assert.match(await send(port, "nobody@example.org", "x"), /^failed 550 5\.1\.1 no such user$/);
    relay.close();
    assert.match(await send(port, "one@example.org", "x"), /^failed 451 .*refused/);
  });

  it("gives its password to nobody in clear text", async () => {
    const { port, relay } = await start(["AUTH PLAIN LOGIN"], { MAIL_USER: "copr", MAIL_PASSWORD: "s3cret" });
    assert.match(await send(port, "one@example.org", "x"), /^failed 451 the relay offers no TLS/);
    assert.equal(
      relay.commands.some((line) => /^AUTH/i.test(line)),
      false,
    );
  });

  it("goes on as long as its command, ends as it does, and keeps the password from it", async () => {
    const port = await freePort();
    const child = spawn(
      python,
      [
        ...["-B", MAIN, "--listen", `127.0.0.1:${port}`, "--relay", "127.0.0.1:9", "--", "sh", "-c"],
        `: ; echo "password <$MAIL_PASSWORD>"; exit 7`,
      ],
      { env: { PATH: process.env.PATH, MAIL_USER: "copr", MAIL_PASSWORD: "s3cret" } },
    );
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    assert.deepEqual(await once(child, "close"), [7, null]);
    assert.equal(output, "password <>\n");
  });
});
