"""Puts a generation into the database, in one transaction: all of it or nothing."""

from __future__ import annotations

import subprocess
import threading
import typing

from config import Setup
from store import Failure

_PIECE_BYTES = 1024 * 1024

_PSQL = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"]

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


def restore(setup: Setup, wanted: str, replace: bool) -> None:
    """
    wanted: a generation, or "latest".
    replace: whether what the database holds may be lost.
    """
    generation = setup.store.find(wanted)
    filled = _query(setup, _FILLED_TABLES).split()
    if filled and not replace:
        some = ", ".join(filled[:3]) + (" …" if len(filled) > 3 else "")
        raise Failure(f"the database holds data in {len(filled)} tables ({some}): give --replace to lose it")
    _load(setup, generation)
    tables = len(_query(setup, _FILLED_TABLES).split())
    print(f"restored generation {generation}: {tables} tables with data")


def _load(setup: Setup, generation: str) -> None:
    """bucket → pg_restore, which turns the dump into SQL → psql"""
    pipes: dict[str, typing.Any] = {"stdin": subprocess.PIPE, "env": {**setup.postgres, **_PATIENCE}}
    to_sql = ["pg_restore", "--no-owner", "--no-privileges", "--file=-"]
    reader = subprocess.Popen(to_sql, stdout=subprocess.PIPE, **pipes)
    loader = subprocess.Popen(_PSQL, stdout=subprocess.DEVNULL, **pipes)
    try:
        feeder = _Feeder(setup, generation, reader)
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


def _unchanged(name: str, process: subprocess.Popen[bytes]) -> Failure:
    return Failure(f"{name} failed with code {process.returncode}: the database is as it was")


def _write(process: subprocess.Popen[bytes], piece: bytes) -> None:
    process.stdin.write(piece)
    process.stdin.flush()


def _close(process: subprocess.Popen[bytes]) -> None:
    try:
        process.stdin.close()
    except BrokenPipeError:
        pass


class _Feeder(threading.Thread):
    """Gives pg_restore the dump while its other end is read."""

    def __init__(self, setup: Setup, generation: str, reader: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True)
        self._setup = setup
        self._generation = generation
        self._reader = reader
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            with self._setup.store.bucket.open(self._setup.store.key(self._generation)) as dump:
                left = int(dump.headers["Content-Length"])
                while piece := dump.read(_PIECE_BYTES):
                    left -= len(piece)
                    _write(self._reader, piece)
            if left > 0:
                raise Failure(f"the last {left} bytes of the generation did not arrive: the database is as it was")
        except BrokenPipeError:
            # pg_restore has ended; its code says whether well.
            pass
        except Exception as error:
            self.error = error
            self._reader.kill()
        finally:
            _close(self._reader)


def _query(setup: Setup, sql: str) -> str:
    env = {**setup.postgres, **_PATIENCE}
    done = subprocess.run(_PSQL, input=sql, env=env, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f"psql failed with code {done.returncode}")
    return done.stdout
