"""Dumps the database."""

from __future__ import annotations

import contextlib
import subprocess
import typing

from config import Setup
from encrypt import encrypted
from store import PART_BYTES, Failure

# Waiting for ever behind somebody's lock would hold up the next backups too.
_DUMP = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--lock-wait-timeout=300s"]
# What a dump in this format begins with.
_MAGIC = b"PGDMP"


def stored_dump(setup: Setup) -> typing.Generator[bytes, None, None]:
    """The parts of a dump as the store gets it. It ends only if all of it is there."""
    if setup.recipient is None:
        return _dump(setup)
    return encrypted(lambda to: _write(setup, to), setup.recipient)


def _write(setup: Setup, to: typing.BinaryIO) -> None:
    with contextlib.closing(_dump(setup)) as parts:
        for part in parts:
            to.write(part)


def _dump(setup: Setup) -> typing.Generator[bytes, None, None]:
    with subprocess.Popen(_DUMP, stdout=subprocess.PIPE, env=setup.postgres) as process:
        try:
            start = b""
            while part := process.stdout.read(PART_BYTES):
                start = start or part[: len(_MAGIC)]
                if start != _MAGIC:
                    raise Failure("pg_dump wrote something that is not a dump")
                yield part
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        raise Failure(f"pg_dump failed with code {process.returncode}: no backup was stored")
    if not start:
        raise Failure("pg_dump wrote nothing: no backup was stored")
