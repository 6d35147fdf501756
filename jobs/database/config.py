"""What the programs of this folder are told by their environment."""

from __future__ import annotations

import os
from dataclasses import dataclass

from generations import Keep
from s3 import Bucket


class Failure(Exception):
    """Something that a person has to be told in one line."""


@dataclass(frozen=True)
class Setup:
    bucket: Bucket
    # What the keys of all backups begin with, with a slash at the end.
    folder: str
    keep: Keep
    # Environment of PostgreSQL's programs.
    postgres: dict[str, str]

    def key(self, generation: str) -> str:
        return f"{self.folder}{generation}.dump"


def setup() -> Setup:
    database = os.environ["POSTGRESQL_DATABASE"]
    return Setup(
        bucket=Bucket(
            os.environ["S3_ENDPOINT"],
            os.environ["S3_REGION"],
            os.environ["S3_BUCKET"],
            os.environ["AWS_ACCESS_KEY_ID"],
            os.environ["AWS_SECRET_ACCESS_KEY"],
        ),
        folder=f"{os.environ['S3_PREFIX']}/{database}/",
        keep=Keep(*(int(os.environ[f"KEEP_{period}"]) for period in ("DAILY", "WEEKLY", "MONTHLY"))),
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
