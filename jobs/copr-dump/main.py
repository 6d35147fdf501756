"""Fills an empty database of Copr's frontend with a dump in SQL, in one transaction: all of it or nothing.

Runs in the database's own image, whose start script needs Python; its only argument is the dump's address.
PostgreSQL's variables (PGHOST, PGDATABASE …) name the database.
"""

from __future__ import annotations

import gzip
import http.client
import itertools
import subprocess
import sys
import time
import typing
import urllib.error
import urllib.request
import zlib

# Seconds without a byte, and without an answer of the database.
TIMEOUT = 300
PATIENCE = 300

_PSQL = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"]

_TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"

# What servers and users of elsewhere have: settings that this server need not know, owners that are not here.
_FOREIGN = (
    b"SET transaction_timeout",
    b"SET default_table_access_method",
    b"ALTER DEFAULT PRIVILEGES ",
    b"CREATE SCHEMA public",
    b"COMMENT ON SCHEMA public",
    b"COMMENT ON EXTENSION",
    b"GRANT ",
    b"REVOKE ",
    b"\\connect",
    b"\\restrict",
    b"\\unrestrict",
)

# Two runs must not work on one database; the one that comes second finds tables.
_BEGIN = b"BEGIN;\nSELECT pg_advisory_xact_lock(1668247666);\n"

# What was under way elsewhere is canceled (2): the backend would start thousands of builds.
_END = b"""
UPDATE public.build SET source_status = 2 WHERE source_status IN (3, 4, 6, 7, 9);
UPDATE public.build_chroot SET status = 2 WHERE status IN (3, 4, 6, 7, 9);
COMMIT;
"""


class Failure(Exception):
    """Something that a person has to be told in one line."""


def main() -> None:
    [address] = sys.argv[1:]
    try:
        tables = _tables()
        if tables > 0:
            print(f"the database has {tables} tables: the dump is left alone")
            return
        _load(address)
        print(f"loaded the dump: {_tables()} tables")
    except Failure as failure:
        sys.exit(f"error: {failure}")


def _tables() -> int:
    deadline = time.monotonic() + PATIENCE
    while True:
        asked = subprocess.run([*_PSQL, "--command", _TABLES], stdout=subprocess.PIPE, text=True, check=False)
        if asked.returncode == 0:
            return int(asked.stdout)
        # 2: the server cannot be reached.
        if asked.returncode != 2 or time.monotonic() > deadline:
            raise Failure(f"psql failed with code {asked.returncode}")
        time.sleep(2)


def _load(address: str) -> None:
    psql = subprocess.Popen(_PSQL, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    try:
        for piece in itertools.chain([_BEGIN], _lines(address), [_END]):
            psql.stdin.write(piece)
        psql.stdin.close()
    except BrokenPipeError:
        # psql has said itself why it stopped.
        pass
    except BaseException:
        # Without the commit nothing of it stays.
        psql.kill()
        raise
    if psql.wait() != 0:
        raise Failure(f"psql failed with code {psql.returncode}: the database is as it was")


def _lines(address: str) -> typing.Iterator[bytes]:
    """The dump's lines, but for statements of one line that concern its own server."""
    try:
        with urllib.request.urlopen(address, timeout=TIMEOUT) as packed, gzip.open(packed) as dump:
            is_data = False
            for line in dump:
                if is_data:
                    is_data = line != b"\\.\n"
                elif line.startswith(_FOREIGN) or (line.startswith(b"ALTER ") and b" OWNER TO " in line):
                    continue
                else:
                    is_data = line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n")
                yield line
    except (OSError, EOFError, zlib.error, http.client.HTTPException, urllib.error.URLError) as error:
        raise Failure(f"{address}: {error}: the database is as it was") from error


main()
