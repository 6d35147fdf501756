"""Backs the signing keys up to a bucket, encrypted for somebody outside the cluster, and brings a backup back.

Runs as keygen's user in keygen's own image, whose gpg and Python it needs. Nothing is kept on disk.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import shutil
import signal
import sys
import types

from archive import encrypted_keys, keys_in
from s3 import StoreError
from store import Failure, store

# What is backed up, the last part of the prefix.
NAME = "signing-keys"
SUFFIX = ".tar.gpg"


def main() -> None:
    arguments = _parser().parse_args()
    # A stopped pod gets this signal: clean up, as after any failure.
    signal.signal(signal.SIGTERM, _stop)
    try:
        if arguments.action == "backup":
            backup(pathlib.Path(os.environ["KEYS_FOLDER"]), os.environ["RECIPIENT_FILE"])
        elif arguments.action == "fetch":
            fetch(arguments.generation)
        else:
            store(NAME, SUFFIX).print_all()
    except (Failure, StoreError) as error:
        sys.exit(f"error: {error}")


def backup(folder: pathlib.Path, recipient: str) -> None:
    found = store(NAME, SUFFIX)
    if keys_in(folder) == 0:
        # Nights without keys would push out those with them, one after the other.
        if found.sizes():
            raise Failure(f"{folder} holds no keys any more: no backup was stored, and none is removed")
        print("there are no keys yet")
        return
    found.add(encrypted_keys(folder, recipient))


def fetch(wanted: str) -> None:
    found = store(NAME, SUFFIX)
    with found.bucket.open(found.key(found.find(wanted))) as stored:
        shutil.copyfileobj(stored, sys.stdout.buffer)


def _stop(number: int, _frame: types.FrameType | None) -> None:
    sys.exit(128 + number)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("backup", help="store a new generation")
    actions.add_parser("list", help="print the generations as JSON, oldest first")
    out = actions.add_parser("fetch", help="write a generation to the standard output, encrypted as it is")
    out.add_argument("--generation", default="latest")
    return parser


main()
