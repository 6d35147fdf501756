"""Where backups are: generations of one thing, below one prefix of a bucket."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import typing
from dataclasses import dataclass

from generations import Keep, generation_of, name_at, outdated
from s3 import Bucket

# Parts of an upload. A store takes 10000 of them, so a backup may have 156 GiB; two of them are in memory at a time.
PART_BYTES = 16 * 1024 * 1024
# An upload older than this, in hours, belongs to a run that was killed: no run lasts as long.
ABANDONED_HOURS = 24


class Failure(Exception):
    """Something that a person has to be told in one line."""


@dataclass(frozen=True)
class Store:
    bucket: Bucket
    # What the keys of all backups begin with, with a slash at the end.
    folder: str
    # What they end with.
    suffix: str
    keep: Keep

    def key(self, generation: str) -> str:
        return f"{self.folder}{generation}{self.suffix}"

    def sizes(self) -> dict[str, int]:
        """Bytes of every generation, oldest first."""
        sizes = self.bucket.sizes(self.folder)
        return {name: sizes[key] for key in sorted(sizes) if (name := generation_of(key, self.suffix))}

    def find(self, wanted: str) -> str:
        """wanted: a generation, or "latest"."""
        names = list(self.sizes())
        if not names:
            raise Failure(f"there is no backup in {self.folder}")
        if wanted == "latest":
            return names[-1]
        if wanted not in names:
            raise Failure(f"there is no generation {wanted}; the newest are {', '.join(names[:-4:-1])}")
        return wanted

    def add(self, parts: typing.Generator[bytes, None, None]) -> None:
        """Stores a new generation, all of its parts or nothing, and removes those that nothing keeps any more."""
        now = datetime.datetime.now(datetime.timezone.utc)
        self._give_up_abandoned(now)
        generation = name_at(now)
        size = self._upload(self.key(generation), parts)
        stored = self.sizes().get(generation)
        if stored != size:
            raise Failure(f"the store holds {stored} bytes of {generation}, which has {size}")
        print(f"stored generation {generation}: {size} bytes in {self.key(generation)}")
        for old in outdated(list(self.sizes()), self.keep):
            self.bucket.delete(self.key(old))
            print(f"removed generation {old}")

    def print_all(self) -> None:
        """What is there, for programs."""
        print(json.dumps([{"generation": name, "bytes": size} for name, size in self.sizes().items()]))

    def _upload(self, key: str, parts: typing.Generator[bytes, None, None]) -> int:
        upload = self.bucket.start_upload(key)
        try:
            with contextlib.closing(parts):
                size = 0
                for part in parts:
                    upload.add(part)
                    size += len(part)
            upload.finish()
            return size
        except BaseException:
            upload.give_up()
            raise

    def _give_up_abandoned(self, now: datetime.datetime) -> None:
        for upload, started in self.bucket.uploads(self.folder):
            if now - started > datetime.timedelta(hours=ABANDONED_HOURS):
                upload.give_up()


def store(name: str, suffix: str) -> Store:
    """The store that the environment tells of.

    name: what is backed up, the last part of the prefix.
    """
    return Store(
        bucket=Bucket(
            os.environ["S3_ENDPOINT"],
            os.environ["S3_REGION"],
            os.environ["S3_BUCKET"],
            os.environ["AWS_ACCESS_KEY_ID"],
            os.environ["AWS_SECRET_ACCESS_KEY"],
        ),
        folder=f"{os.environ['S3_PREFIX']}/{name}/",
        suffix=suffix,
        keep=Keep(*(int(os.environ[f"KEEP_{period}"]) for period in ("DAILY", "WEEKLY", "MONTHLY"))),
    )
