"""A bucket of an S3-compatible store, with Python's own library: the database's image holds nothing else for it.

Requests are signed with AWS Signature Version 4, payload included, so the store checks every part that it gets.
Buckets are addressed by path, which AWS and all compatible stores understand.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import http.client
import time
import urllib.parse
import xml.etree.ElementTree as ElementTree

# Seconds without an answer after which a request has failed.
TIMEOUT = 120
# A request that can be repeated is tried this often in all, with pauses of 1, 2, 4 … seconds.
TRIES = 4


class StoreError(Exception):
    """The store refused a request, or did not answer."""


class Bucket:
    def __init__(self, endpoint: str, region: str, name: str, key_id: str, secret: str) -> None:
        url = urllib.parse.urlsplit(endpoint)
        secure = url.scheme == "https"
        self._connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        self._host = url.netloc
        self._base = f"{url.path.rstrip('/')}/{name}"
        self._region = region
        self._key_id = key_id
        self._secret = secret

    def sizes(self, prefix: str) -> dict[str, int]:
        """Bytes of every object below a prefix, by key."""
        found: dict[str, int] = {}
        query = {"list-type": "2", "prefix": prefix}
        while True:
            page = self._xml("GET", query=query)
            for entry in page.iter("Contents"):
                found[_text(entry, "Key")] = int(_text(entry, "Size"))
            token = page.findtext("NextContinuationToken")
            if not token:
                return found
            query = {**query, "continuation-token": token}

    def open(self, key: str) -> http.client.HTTPResponse:
        """An object, to be read piece by piece."""
        return self._request("GET", key)

    def delete(self, key: str) -> None:
        self._request("DELETE", key).read()

    def start_upload(self, key: str) -> Upload:
        """An object that is there only when all of it has arrived."""
        # Never twice: what the first try began would stay.
        answer = self._xml("POST", key, {"uploads": ""}, tries=1)
        return Upload(self, key, _text(answer, "UploadId"))

    def uploads(self, prefix: str) -> list[tuple[Upload, datetime.datetime]]:
        """Uploads below a prefix that were neither finished nor given up, with the time of their start."""
        page = self._xml("GET", query={"uploads": "", "prefix": prefix})
        return [
            (Upload(self, _text(entry, "Key"), _text(entry, "UploadId")), _time(_text(entry, "Initiated")))
            for entry in page.iter("Upload")
        ]

    def _xml(
        self, method: str, key: str = "", query: dict[str, str] | None = None, body: bytes = b"", tries: int = TRIES
    ) -> ElementTree.Element:
        root = ElementTree.fromstring(self._request(method, key, query, body, tries).read())
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
        if root.tag == "Error":
            # Some errors come with status 200.
            raise StoreError(f"{method} {self._path(key)}: {root.findtext('Code')}: {root.findtext('Message')}")
        return root

    def _request(
        self, method: str, key: str, query: dict[str, str] | None = None, body: bytes = b"", tries: int = TRIES
    ) -> http.client.HTTPResponse:
        for left in reversed(range(tries)):
            problem = "no answer"
            try:
                response = self._send(method, self._path(key), query or {}, body)
                if response.status < 300:
                    return response
                problem = f"{response.status} {response.reason}: {_reason(response.read())}"
                if response.status < 500:
                    left = 0
            except (OSError, http.client.HTTPException) as error:
                problem = str(error) or type(error).__name__
            if left == 0:
                raise StoreError(f"{method} {self._host}{self._path(key)}: {problem}")
            time.sleep(2 ** (tries - left - 1))
        raise AssertionError("at least one try")

    def _send(self, method: str, path: str, query: dict[str, str], body: bytes) -> http.client.HTTPResponse:
        canonical_query = "&".join(f"{_quoted(name)}={_quoted(query[name])}" for name in sorted(query))
        headers = self._signed(method, path, canonical_query, body)
        connection = self._connect(self._host, timeout=TIMEOUT)
        connection.request(method, f"{path}?{canonical_query}" if query else path, body, headers)
        return connection.getresponse()

    def _path(self, key: str) -> str:
        return urllib.parse.quote(f"{self._base}/{key}" if key else self._base, safe="/~")

    def _signed(self, method: str, path: str, query: str, body: bytes) -> dict[str, str]:
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        digest = hashlib.sha256(body).hexdigest()
        headers = {"host": self._host, "x-amz-content-sha256": digest, "x-amz-date": now}
        names = ";".join(sorted(headers))
        lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
        canonical = "\n".join([method, path, query, lines, names, digest])
        scope = f"{now[:8]}/{self._region}/s3/aws4_request"
        to_sign = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(canonical.encode()).hexdigest()])
        key = f"AWS4{self._secret}".encode()
        for step in scope.split("/"):
            key = hmac.digest(key, step.encode(), "sha256")
        signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
        credential = f"Credential={self._key_id}/{scope}"
        headers["authorization"] = f"AWS4-HMAC-SHA256 {credential}, SignedHeaders={names}, Signature={signature}"
        return headers


class Upload:
    """An object on its way, in parts."""

    def __init__(self, bucket: Bucket, key: str, upload_id: str) -> None:
        self._bucket = bucket
        self._key = key
        self._id = upload_id
        self._tags: list[str] = []

    def add(self, part: bytes) -> None:
        """The next part; all but the last are of at least 5 MiB."""
        query = {"partNumber": str(len(self._tags) + 1), "uploadId": self._id}
        response = self._bucket._request("PUT", self._key, query, part)
        response.read()
        self._tags.append(response.headers["ETag"])

    def finish(self) -> None:
        parts = "".join(
            f"<Part><PartNumber>{number}</PartNumber><ETag>{tag}</ETag></Part>"
            for number, tag in enumerate(self._tags, 1)
        )
        body = f"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>".encode()
        self._bucket._xml("POST", self._key, {"uploadId": self._id}, body, tries=1)

    def give_up(self) -> None:
        self._bucket._request("DELETE", self._key, {"uploadId": self._id}).read()


def _text(element: ElementTree.Element, name: str) -> str:
    text = element.findtext(name)
    if text is None:
        raise StoreError(f"the store's answer lacks {name}")
    return text


def _time(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def _quoted(text: str) -> str:
    return urllib.parse.quote(text, safe="~")


def _reason(body: bytes) -> str:
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError:
        return body[:200].decode(errors="replace")
    found = {element.tag.rpartition("}")[2]: element.text for element in root.iter()}
    return f"{found.get('Code')}: {found.get('Message')}"
