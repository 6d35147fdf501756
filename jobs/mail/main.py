"""Takes mail on the pod's own port 25, where Copr sends it, and hands it to a relay.

With a command behind `--` it goes on as long as that does, and ends as it does; without one until it is stopped.
The relay's user and password are in the environment.
"""

import argparse
import os
import signal
import subprocess
import sys
import threading

from smtp import Relay, Server


def endpoint(text):
    host, _, port = text.rpartition(":")
    return host, int(port)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--listen", type=endpoint, default=("127.0.0.1", 25))
    parser.add_argument("--relay", type=endpoint, required=True)
    parser.add_argument("command", nargs="*")
    options = parser.parse_args()
    relay = Relay(*options.relay, os.environ.pop("MAIL_USER", None), os.environ.pop("MAIL_PASSWORD", None))
    server = Server(options.listen, relay)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    if options.command:
        sys.exit(subprocess.call(options.command))
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()
    server.shutdown()


if __name__ == "__main__":
    main()
