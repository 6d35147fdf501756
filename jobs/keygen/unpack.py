"""Puts signing keys back: python3 unpack.py FOLDER [--replace] < decrypted archive.

A file of its own, which a person hands to the Python of keygen's pod. What was there before stays beside it.
"""

import datetime
import os
import pathlib
import shutil
import sys
import tarfile

PARTS = ("gnupg", "phrases")
PRIVATE = "gnupg/private-keys-v1.d"


def keys_in(folder):
    return len(list(folder.glob(f"{PRIVATE}/*.key")))


def take(archive, entry, draft):
    """Writes what keygen has: folders and files, whoever made the archive."""
    path = pathlib.PurePosixPath(entry.name)
    if path.parts[0] not in PARTS or ".." in path.parts:
        return
    if entry.isdir():
        (draft / path).mkdir(parents=True, exist_ok=True)
    elif entry.isfile():
        (draft / path).parent.mkdir(parents=True, exist_ok=True)
        with archive.extractfile(entry) as content, open(draft / path, "wb") as file:
            shutil.copyfileobj(content, file)


def unpack(folder, replace):
    there = keys_in(folder)
    if there and not replace:
        sys.exit(f"error: {folder} holds {there} keys: give --replace to put them aside")
    # gpg takes no folder that others can read.
    os.umask(0o077)
    draft = folder / "restore.draft"
    shutil.rmtree(draft, ignore_errors=True)
    try:
        with tarfile.open(fileobj=sys.stdin.buffer, mode="r|") as archive:
            for entry in archive:
                take(archive, entry, draft)
        found = keys_in(draft)
        if not found:
            sys.exit(f"error: there are no keys in it: {folder} is as it was")
        aside = folder / f"before-restore-{datetime.datetime.now(datetime.timezone.utc):%Y%m%dT%H%M%SZ}"
        for part in PARTS:
            (draft / part).mkdir(exist_ok=True)
            if (folder / part).exists():
                aside.mkdir(exist_ok=True)
                (folder / part).rename(aside / part)
            (draft / part).rename(folder / part)
    except tarfile.TarError as error:
        sys.exit(f"error: not a whole archive: {error}: {folder} is as it was")
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    print(f"restored {found} keys" + (f", those of before are in {aside}" if there else ""))


unpack(pathlib.Path(sys.argv[1]), "--replace" in sys.argv[2:])
