"""A server of mail that keeps nothing: it says of each message what the relay has said of it."""

import smtplib
import socketserver
import ssl

# Bytes of a line, and of a message: notices are far below.
MAX_LINE = 8192
MAX_MESSAGE = 4 * 1024 * 1024

# Seconds to wait for whoever is at the other end.
PATIENCE = 60


class Relay:
    """Where mail goes. A password goes only over TLS."""

    def __init__(self, host, port, user=None, password=None, context=None):
        self.host, self.port, self.user, self.password = host, port, user, password
        self.context = context or ssl.create_default_context()

    def send(self, sender, recipients, message):
        connection = self._connect()
        try:
            self._introduce(connection)
            return connection.sendmail(sender, recipients, message)
        finally:
            try:
                connection.quit()
            except (smtplib.SMTPException, OSError):
                # What has been said of the message is all that counts.
                connection.close()

    def _introduce(self, connection):
        connection.ehlo()
        if self.port != smtplib.SMTP_SSL_PORT:
            if connection.has_extn("starttls"):
                connection.starttls(context=self.context)
                connection.ehlo()
            elif self.user:
                raise smtplib.SMTPException("the relay offers no TLS, so it gets no password")
        if self.user:
            connection.login(self.user, self.password)

    def _connect(self):
        if self.port == smtplib.SMTP_SSL_PORT:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=self.context)
        return smtplib.SMTP(self.host, self.port, timeout=PATIENCE)


class Session(socketserver.StreamRequestHandler):
    """One client's connection."""

    timeout = PATIENCE

    def handle(self):
        self.spoken = False
        try:
            self._converse()
        except OSError as error:
            # Who only looks whether somebody listens is no client.
            if self.spoken:
                print(f"mail: a client is gone: {error}", flush=True)

    def _converse(self):
        self._forget()
        self._say("220 ready")
        while True:
            line = self.rfile.readline(MAX_LINE).decode("utf-8", "replace")
            if not line:
                return
            self.spoken = True
            verb, _, rest = line.strip().partition(" ")
            if verb.upper() == "QUIT":
                self._say("221 bye")
                return
            self._answer(verb.upper(), rest)

    def _answer(self, verb, rest):
        if verb in ("HELO", "EHLO"):
            self._forget()
            self._say("250 localhost")
        elif verb in ("NOOP", "RSET"):
            if verb == "RSET":
                self._forget()
            self._say("250 ok")
        elif verb == "MAIL" and rest.upper().startswith("FROM:"):
            self._forget()
            self.sender = _address(rest)
            self._say("250 ok")
        elif verb == "RCPT" and rest.upper().startswith("TO:") and self.sender is not None:
            self.recipients.append(_address(rest))
            self._say("250 ok")
        elif verb == "DATA" and self.recipients:
            self._say("354 go on")
            self._deliver(self._message())
        elif verb in ("MAIL", "RCPT", "DATA"):
            self._say("503 not now")
        else:
            self._say("502 not known here")

    def _message(self):
        """The message without what SMTP puts in; nothing when it is too long or its end is missing."""
        lines, size = [], 0
        while True:
            line = self.rfile.readline(MAX_LINE)
            if not line:
                return None
            if line.rstrip(b"\r\n") == b".":
                return b"".join(lines) if size <= MAX_MESSAGE else None
            size += len(line)
            if size <= MAX_MESSAGE:
                lines.append(line[1:] if line.startswith(b".") else line)

    def _deliver(self, message):
        if message is None:
            self._say("552 too long")
            return
        try:
            refused = self.server.relay.send(self.sender, self.recipients, message)
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            self._fail(code, text)
        except smtplib.SMTPResponseException as error:
            self._fail(error.smtp_code, error.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            self._fail(451, error)
        else:
            # Addresses are people's: the log counts them.
            print(f"mail: sent to {len(self.recipients) - len(refused)}, refused {len(refused)}", flush=True)
            self._say("250 sent")
        self._forget()

    def _fail(self, code, reason):
        text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        line = " ".join(text.split())[:400]
        print(f"mail: not sent: {code} {line}", flush=True)
        self._say(f"{code if 400 <= code < 600 else 451} {line}")

    def _forget(self):
        self.sender, self.recipients = None, []

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address, relay):
        self.relay = relay
        super().__init__(address, Session)


def _address(text):
    """What is between the angle brackets of MAIL and RCPT."""
    return text.partition(":")[2].strip().partition(">")[0].lstrip("<")
