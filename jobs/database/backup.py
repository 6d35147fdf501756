"""Dumps the database into the bucket and removes the generations that nothing keeps any more."""

from __future__ import annotations

import datetime
import subprocess
import typing

from config import Failure, Setup
from generations import generation_of, name_at, outdated

# Parts of an upload. A store takes 10000 of them, so a dump may have 156 GiB; two of them are in memory at a time.
PART_BYTES = 16 * 1024 * 1024
# An upload older than this, in hours, belongs to a run that was killed: no run lasts as long.
ABANDONED_HOURS = 24

# Waiting for ever behind somebody's lock would hold up the next backups too.
_DUMP = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--lock-wait-timeout=300s"]
# What a dump in this format begins with.
_MAGIC = b"PGDMP"


def backup(setup: Setup) -> None:
    now = datetime.datetime.now(datetime.timezone.utc)
    _give_up_abandoned(setup, now)
    generation = name_at(now)
    size = _store_dump(setup, setup.key(generation))
    stored = setup.bucket.sizes(setup.key(generation)).get(setup.key(generation))
    if stored != size:
        raise Failure(f"the store holds {stored} bytes of {generation}, which has {size}")
    print(f"stored generation {generation}: {size} bytes in {setup.key(generation)}")
    _remove_outdated(setup)


def _store_dump(setup: Setup, key: str) -> int:
    """Gives the bytes of the dump. Nothing is in the bucket unless all of it is."""
    upload = setup.bucket.start_upload(key)
    try:
        with subprocess.Popen(_DUMP, stdout=subprocess.PIPE, env=setup.postgres) as dump:
            try:
                size = 0
                for part in _parts(dump.stdout):
                    if size == 0 and not part.startswith(_MAGIC):
                        raise Failure("pg_dump wrote something that is not a dump")
                    upload.add(part)
                    size += len(part)
            except BaseException:
                dump.kill()
                raise
        if dump.returncode != 0:
            raise Failure(f"pg_dump failed with code {dump.returncode}: no backup was stored")
        if size == 0:
            raise Failure("pg_dump wrote nothing: no backup was stored")
        upload.finish()
        return size
    except BaseException:
        upload.give_up()
        raise


def _parts(stream: typing.BinaryIO) -> typing.Iterator[bytes]:
    return iter(lambda: stream.read(PART_BYTES), b"")


def _give_up_abandoned(setup: Setup, now: datetime.datetime) -> None:
    for upload, started in setup.bucket.uploads(setup.folder):
        if now - started > datetime.timedelta(hours=ABANDONED_HOURS):
            upload.give_up()


def _remove_outdated(setup: Setup) -> None:
    keys = {generation_of(key): key for key in setup.bucket.sizes(setup.folder)}
    for generation in outdated([name for name in keys if name is not None], setup.keep):
        setup.bucket.delete(keys[generation])
        print(f"removed generation {generation}")
