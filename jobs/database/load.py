"""Puts a dump into the database, in one transaction: python3 load.py [--replace] < dump.

A file of its own, which a person hands to the Python of the database's pod: there are PostgreSQL's programs, and the
variables that say which database it is. Restores from the bucket work by it too.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import typing

_PIECE_BYTES = 1024 * 1024

_PSQL = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"]
_TO_SQL = ["pg_restore", "--no-owner", "--no-privileges", "--file=-"]

# Tables with rows. The number of the last migration is one in every database that an API has once started on.
_FILLED_TABLES = r"""
SELECT format('SELECT %L WHERE EXISTS (SELECT FROM %I.%I)', tablename, schemaname, tablename) FROM pg_tables
WHERE schemaname <> 'information_schema' AND schemaname NOT LIKE 'pg\_%' AND tablename <> 'alembic_version'
ORDER BY tablename \gexec
"""

# Services that are not stopped hold locks; better no restore than one that waits for ever.
_PATIENCE = {"PGOPTIONS": "-c lock_timeout=10s"}

_BEGIN = b"BEGIN;\nDROP OWNED BY CURRENT_USER CASCADE;\n"
# psql takes the end of its input for the end of its work: without this line nothing of it stays.
_COMMIT = b"\nCOMMIT;\n"

Pieces = typing.Iterable[bytes]


class Unloaded(Exception):
    """Nothing was loaded, for this reason."""


def postgres() -> dict[str, str]:
    """Environment of PostgreSQL's programs. Without a host it is the pod's own server."""
    return {
        "PATH": os.environ["PATH"],
        "PGHOST": os.environ.get("POSTGRESQL_HOST", "127.0.0.1"),
        "PGPORT": os.environ.get("POSTGRESQL_PORT", "5432"),
        "PGUSER": os.environ["POSTGRESQL_USER"],
        "PGPASSWORD": os.environ["POSTGRESQL_PASSWORD"],
        "PGDATABASE": os.environ["POSTGRESQL_DATABASE"],
        "PGCONNECT_TIMEOUT": "30",
    }


def check_empty(env: dict[str, str], replace: bool) -> None:
    """replace: whether what the database holds may be lost."""
    filled = filled_tables(env)
    if filled and not replace:
        some = ", ".join(filled[:3]) + (" …" if len(filled) > 3 else "")
        raise Unloaded(f"the database holds data in {len(filled)} tables ({some}): give --replace to lose it")


def load(env: dict[str, str], dump: Pieces) -> None:
    """dump → pg_restore, which turns it into SQL → psql"""
    pipes: dict[str, typing.Any] = {"stdin": subprocess.PIPE, "env": {**env, **_PATIENCE}}
    reader = subprocess.Popen(_TO_SQL, stdout=subprocess.PIPE, **pipes)
    loader = subprocess.Popen(_PSQL, stdout=subprocess.DEVNULL, **pipes)
    try:
        feeder = _Feeder(dump, reader)
        feeder.start()
        _write(loader, _BEGIN)
        while piece := reader.stdout.read(_PIECE_BYTES):
            _write(loader, piece)
        feeder.join()
        if feeder.error is not None:
            raise feeder.error
        if reader.wait() != 0:
            raise _unchanged("pg_restore", reader)
        _write(loader, _COMMIT)
        _close(loader)
        if loader.wait() != 0:
            raise _unchanged("psql", loader)
    except BrokenPipeError:
        # psql has said itself why it stopped.
        loader.wait()
        raise _unchanged("psql", loader) from None
    finally:
        for process in (loader, reader):
            process.kill()
            process.wait()


def filled_tables(env: dict[str, str]) -> list[str]:
    """Names of the tables that have rows."""
    done = subprocess.run(
        _PSQL, input=_FILLED_TABLES, env={**env, **_PATIENCE}, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        raise Unloaded(f"psql failed with code {done.returncode}")
    return done.stdout.split()


class _Feeder(threading.Thread):
    """Gives pg_restore the dump while its other end is read."""

    def __init__(self, dump: Pieces, reader: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True)
        self._dump = dump
        self._reader = reader
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            for piece in self._dump:
                _write(self._reader, piece)
        except BrokenPipeError:
            # pg_restore has ended; its code says whether well.
            pass
        except Exception as error:
            self.error = error
            self._reader.kill()
        finally:
            _close(self._reader)


def _unchanged(name: str, process: subprocess.Popen[bytes]) -> Unloaded:
    return Unloaded(f"{name} failed with code {process.returncode}: the database is as it was")


def _write(process: subprocess.Popen[bytes], piece: bytes) -> None:
    process.stdin.write(piece)
    process.stdin.flush()


def _close(process: subprocess.Popen[bytes]) -> None:
    try:
        process.stdin.close()
    except BrokenPipeError:
        pass


def main(replace: bool) -> None:
    env = postgres()
    try:
        check_empty(env, replace)
        load(env, iter(lambda: sys.stdin.buffer.read(_PIECE_BYTES), b""))
        print(f"restored {len(filled_tables(env))} tables with data")
    except Unloaded as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main("--replace" in sys.argv[1:])
