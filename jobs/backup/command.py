"""What the programs that back something up have in common on their command lines."""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import types
import typing

from s3 import StoreError
from store import Failure, Store

Actions = typing.Any


def parser(description: str | None) -> tuple[argparse.ArgumentParser, Actions]:
    """A parser of the words that all of them know, and its actions, to which a program adds its own."""
    made = argparse.ArgumentParser(description=description)
    actions = made.add_subparsers(dest="action", required=True)
    actions.add_parser("backup", help="store a new generation")
    actions.add_parser("list", help="print the generations as JSON, oldest first")
    out = actions.add_parser("fetch", help="write a generation to the standard output as it is stored")
    out.add_argument("--generation", default="latest")
    return made, actions


def run(work: typing.Callable[[], None]) -> None:
    """Does the work. A failure is one line, and code 1."""
    # A stopped pod gets this signal: clean up, as after any failure.
    signal.signal(signal.SIGTERM, _stop)
    try:
        work()
    except (Failure, StoreError) as error:
        sys.exit(f"error: {error}")


def fetch(store: Store, wanted: str) -> None:
    """wanted: a generation, or "latest"."""
    with store.bucket.open(store.key(store.find(wanted))) as stored:
        left = int(stored.headers["Content-Length"])
        shutil.copyfileobj(stored, sys.stdout.buffer)
        if stored.length:
            raise Failure(f"the last {stored.length} of {left} bytes did not arrive")


def _stop(number: int, _frame: types.FrameType | None) -> None:
    sys.exit(128 + number)
