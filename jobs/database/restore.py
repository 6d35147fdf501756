"""Puts a generation into the database, in one transaction: all of it or nothing."""

from __future__ import annotations

import typing

from config import Setup
from load import Unloaded, check_empty, filled_tables, load
from store import Failure

_PIECE_BYTES = 1024 * 1024


def restore(setup: Setup, wanted: str, replace: bool) -> None:
    """
    wanted: a generation, or "latest".
    replace: whether what the database holds may be lost.
    """
    if setup.recipient is not None:
        raise Failure(
            "the generations are encrypted for somebody outside the cluster: fetch one, decrypt it there, and give "
            "it to load.py (docs/operations/copr-backups.md)"
        )
    generation = setup.store.find(wanted)
    try:
        check_empty(setup.postgres, replace)
        load(setup.postgres, _pieces(setup, generation))
        tables = len(filled_tables(setup.postgres))
    except Unloaded as error:
        raise Failure(str(error)) from None
    print(f"restored generation {generation}: {tables} tables with data")


def _pieces(setup: Setup, generation: str) -> typing.Iterator[bytes]:
    with setup.store.bucket.open(setup.store.key(generation)) as dump:
        left = int(dump.headers["Content-Length"])
        while piece := dump.read(_PIECE_BYTES):
            left -= len(piece)
            yield piece
    if left > 0:
        raise Failure(f"the last {left} bytes of the generation did not arrive: the database is as it was")
