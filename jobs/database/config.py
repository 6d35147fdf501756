"""What the programs of this folder are told by their environment."""

from __future__ import annotations

import os
from dataclasses import dataclass

from store import Store, store


@dataclass(frozen=True)
class Setup:
    store: Store
    # Environment of PostgreSQL's programs.
    postgres: dict[str, str]


def setup() -> Setup:
    database = os.environ["POSTGRESQL_DATABASE"]
    return Setup(
        store=store(database, ".dump"),
        postgres={
            "PATH": os.environ["PATH"],
            "PGHOST": os.environ["POSTGRESQL_HOST"],
            "PGPORT": os.environ.get("POSTGRESQL_PORT", "5432"),
            "PGUSER": os.environ["POSTGRESQL_USER"],
            "PGPASSWORD": os.environ["POSTGRESQL_PASSWORD"],
            "PGDATABASE": database,
            "PGCONNECT_TIMEOUT": "30",
        },
    )
