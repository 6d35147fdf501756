"""Backs the signing keys up to a bucket, encrypted for somebody outside the cluster, and brings a backup back.

Runs as keygen's user in keygen's own image, whose gpg and Python it needs. Nothing is kept on disk.
"""

from __future__ import annotations

import os
import pathlib

from archive import keys_in, pack
from command import fetch, parser, run
from encrypt import encrypted
from store import Failure, store

# What is backed up, the last part of the prefix.
NAME = "signing-keys"
SUFFIX = ".tar.gpg"


def main() -> None:
    arguments = parser(__doc__)[0].parse_args()
    if arguments.action == "backup":
        backup(pathlib.Path(os.environ["KEYS_FOLDER"]), os.environ["RECIPIENT_FILE"])
    elif arguments.action == "fetch":
        fetch(store(NAME, SUFFIX), arguments.generation)
    else:
        store(NAME, SUFFIX).print_all()


def backup(folder: pathlib.Path, recipient: str) -> None:
    found = store(NAME, SUFFIX)
    if keys_in(folder) == 0:
        # Nights without keys would push out those with them, one after the other.
        if found.sizes():
            raise Failure(f"{folder} holds no keys any more: no backup was stored, and none is removed")
        print("there are no keys yet")
        return
    found.add(encrypted(lambda to: pack(folder, to), recipient))


run(main)
