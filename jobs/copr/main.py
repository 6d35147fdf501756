"""Gets the database of Copr's frontend ready: its tables, the chroots, and who administrates."""

import argparse
import os
import runpy
import subprocess
import sys
import time

import psycopg2

CONFIGURATION = os.environ.get("COPR_CONFIG", "/etc/copr/copr.conf")
APPLICATION = os.environ.get("COPR_FRONTEND_FOLDER", "/usr/share/copr/coprs_frontend")
PATIENCE = float(os.environ.get("COPR_DATABASE_PATIENCE", "300"))

# Two runs must not work on one database: whoever comes second waits for this lock.
LOCK = 0x636F7072

# Comment of a database whose tables are being made. A run that was killed meanwhile leaves it behind, and then the
# tables that are there hold nothing.
BEGUN = "packit-stacks: its tables are being made"

TABLES = """
SELECT count(*) FROM pg_tables WHERE schemaname = 'public'
"""
MARKED = """
SELECT shobj_description(oid, 'pg_database') = %s FROM pg_database WHERE datname = current_database()
"""
CHROOTS = "SELECT os_release || '-' || os_version || '-' || arch FROM mock_chroot"


class Refusal(Exception):
    """Something that somebody has to decide."""


def connect():
    """A connection, as soon as the server takes one."""
    address = runpy.run_path(CONFIGURATION)["SQLALCHEMY_DATABASE_URI"].replace("+psycopg2", "", 1)
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection = psycopg2.connect(address, connect_timeout=10)
            connection.autocommit = True
            return connection
        except psycopg2.OperationalError as error:
            if time.monotonic() > deadline:
                raise Refusal(f"the database cannot be reached within {PATIENCE:.0f} seconds: {error}") from error
            time.sleep(2)


def manage(*words):
    run("./manage.py", *words)


def run(*words):
    """Runs a command of the application, which logs to where this program does."""
    print("running", *words, flush=True)
    status = subprocess.run(words, cwd=APPLICATION, check=False).returncode
    if status != 0:
        raise Refusal(f"{' '.join(words)} ended with {status}")


class Database:
    """The database, locked for this run."""

    def __init__(self, connection):
        self.connection = connection
        self.rows("SELECT pg_advisory_lock(%s)", LOCK)

    def rows(self, text, *values):
        with self.connection.cursor() as cursor:
            cursor.execute(text, values)
            return cursor.fetchall() if cursor.description else []

    def column(self, text, *values):
        return [row[0] for row in self.rows(text, *values)]

    def mark(self, comment):
        [name] = self.column("SELECT quote_ident(current_database())")
        self.rows(f"COMMENT ON DATABASE {name} IS %s", comment)

    def prepare(self):
        """Makes the tables of an empty database; those of every other one are brought to the newest schema."""
        if self.column(TABLES) == [0] or self.column(MARKED, BEGUN) == [True]:
            self.mark(BEGUN)
            manage("create-db", "--alembic", "alembic.ini")
            self.mark(None)
        elif not self.is_stamped():
            # create-db would call it newest, whatever it is.
            raise Refusal(
                "the database has tables but no version of their schema: it is not Copr's, or was restored "
                "in part; restore it again into an empty database"
            )
        else:
            run("alembic-3", "upgrade", "head")

    def is_stamped(self):
        if self.column("SELECT to_regclass('public.alembic_version') IS NULL") == [True]:
            return False
        return self.column("SELECT count(*) FROM alembic_version") != [0]

    def add_chroots(self, wanted):
        there = set(self.column(CHROOTS))
        missing = [chroot for chroot in wanted if chroot not in there]
        if missing:
            manage("create-chroot", *missing)
        there = set(self.column(CHROOTS))
        refused = [chroot for chroot in wanted if chroot not in there]
        if refused:
            # The command reports success whatever became of them.
            raise Refusal(f"these chroots could not be made: {', '.join(refused)}")

    def add_admins(self, wanted):
        known = dict(self.rows('SELECT username, coalesce(admin, false) FROM "user"'))
        for name in wanted:
            if name not in known:
                print(f"{name} has not logged in yet, and becomes administrator in a later run", flush=True)
            elif not known[name]:
                manage("alter-user", "--admin", name)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chroot", action="append", default=[])
    parser.add_argument("--admin", action="append", default=[])
    wanted = parser.parse_args()
    try:
        database = Database(connect())
        database.prepare()
        database.add_chroots(wanted.chroot)
        database.add_admins(wanted.admin)
    except Refusal as refusal:
        sys.exit(f"error: {refusal}")


if __name__ == "__main__":
    main()
