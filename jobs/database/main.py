"""Backs the database up to a bucket, lists what is there, and restores it.

Runs in the database's own image: pg_dump and pg_restore are then of the server's version, and Python is there
because the image's start script needs it. Nothing is kept on disk, whatever the size of the database.
"""

from __future__ import annotations

from backup import stored_dump
from command import fetch, parser, run
from config import setup
from restore import restore


def main() -> None:
    words, actions = parser(__doc__)
    back = actions.add_parser("restore", help="put a generation into the database")
    back.add_argument("--generation", default="latest")
    back.add_argument("--replace", action="store_true", help="lose what the database holds")
    arguments = words.parse_args()
    found = setup()
    if arguments.action == "backup":
        found.store.add(stored_dump(found))
    elif arguments.action == "restore":
        restore(found, arguments.generation, arguments.replace)
    elif arguments.action == "fetch":
        fetch(found.store, arguments.generation)
    else:
        found.store.print_all()


run(main)
