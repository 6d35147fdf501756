"""Backs the database up to a bucket, lists what is there, and restores it.

Runs in the database's own image: pg_dump and pg_restore are then of the server's version, and Python is there
because the image's start script needs it. Nothing is kept on disk, whatever the size of the database.
"""

from __future__ import annotations

import argparse
import signal
import sys
import types

from backup import dump
from config import setup
from restore import restore
from s3 import StoreError
from store import Failure


def main() -> None:
    arguments = _parser().parse_args()
    # A stopped pod gets this signal: clean up, as after any failure.
    signal.signal(signal.SIGTERM, _stop)
    try:
        if arguments.action == "backup":
            found = setup()
            found.store.add(dump(found))
        elif arguments.action == "restore":
            restore(setup(), arguments.generation, arguments.replace)
        else:
            setup().store.print_all()
    except (Failure, StoreError) as error:
        sys.exit(f"error: {error}")


def _stop(number: int, _frame: types.FrameType | None) -> None:
    sys.exit(128 + number)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("backup", help="store a new generation")
    actions.add_parser("list", help="print the generations as JSON, oldest first")
    back = actions.add_parser("restore", help="put a generation into the database")
    back.add_argument("--generation", default="latest")
    back.add_argument("--replace", action="store_true", help="lose what the database holds")
    return parser


main()
