"""Requests of one task: their rate, and what is tried again."""

from __future__ import annotations

import datetime
import email.utils
import gzip
import http.client
import json
import random
import re
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from .identifiers import Kind
from .matching import Matcher, ResponseCheck, WrongResponse
from .pages import Page, PageReader
from .rate import Permit, PermittedRequest, Rate, opener
from .texts import GeneError, quoted

_LONGEST_WAIT = 30.0
_LONGEST_PAUSE = 600.0
_FIRST_CONTACT = 15.0
# From this length on, proxies and gateways start to refuse URLs.
_SHORT_URL = 2000
_ABOUT_THE_KEY = re.compile(r"(?i)\bapi[ _-]?key\b")
_REDIRECTED = "It redirects, which is not followed, since that would take the api_key along. Check base_url."


class RequestFailure(Exception):
    """A batch that cannot be read as it is: it is divided, or the error is raised."""

    def __init__(self, kind: str, error: GeneError, said: str = "", wait: float | None = None) -> None:
        """Creates a failure.

        :param kind: transient, slow, large, refused, permanent, or restart if a batch has to be read from its start
        :param said: the service's own words
        :param wait: the pause that the service demands
        """
        super().__init__(str(error))
        self.kind, self.error, self.said, self.wait = kind, error, said, wait


@dataclass(frozen=True)
class Spec:
    """Everything that a read needs; its key is sent to the workers, and shown nowhere."""

    report: str
    registry: str
    kind: Kind
    mode: str
    table_fields: tuple[str, ...]
    metadata: bool
    base_url: str
    key: str | None = field(repr=False)
    rate: float
    method: str
    page_size: int
    max_pages: int
    max_in_flight: int
    max_retries: int
    retry_wait: float
    timeout: float
    taxon: str | None
    subtree: str | None
    # The rows of the product report that an accession gives: of its gene, or of the transcript or protein that it is.
    accession_rows: str


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Redirects are not followed, since they would take the key along."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Service:
    """Sends the requests of one task, and tries again what may pass."""

    def __init__(self, spec: Spec, rate: float, pages: PageReader, self_names: Any) -> None:
        """Prepares to send.

        :param self_names: gives the own names of the reports of a page
        """
        self._spec, self._pages, self._self_names = spec, pages, self_names
        self._rate = Rate(rate)
        self._opener = opener(_NoRedirect)
        self._heard = False
        self._closed = False
        self._first_sent: float | None = None

    def close(self) -> None:
        """Sends nothing any more."""
        self._closed = True

    def batch(self, identifiers: Sequence[str]) -> list[Page]:
        """All pages of a batch's response, from its start again where they do not belong together."""
        restarts = 0
        while True:
            try:
                return self._batch(identifiers)
            except RequestFailure as failure:
                restarts += 1
                if failure.kind != "restart" or restarts > self._spec.max_retries:
                    raise
                time.sleep(self._pause(restarts))

    def _batch(self, identifiers: Sequence[str]) -> list[Page]:
        check = ResponseCheck(Matcher(self._spec.kind, identifiers), self._spec.taxon)
        pages: list[Page] = []
        tokens: set[str] = set()
        token: str | None = None
        while True:
            try:
                page = self._page(identifiers, token, check)
            except RequestFailure as failure:
                if failure.kind == "refused" and token is not None:
                    raise RequestFailure("restart", failure.error) from failure
                raise
            pages.append(page)
            token = page.token
            if not token:
                return pages
            if token in tokens or len(pages) >= self._spec.max_pages:
                raise RequestFailure(
                    "restart" if token in tokens else "permanent",
                    GeneError(
                        "TOKEN_TROUBLE",
                        f"The page tokens of {self._spec.base_url} never reach a last page: after {len(pages)} pages"
                        f" came '{quoted(token)}'. Try again later, or raise max_pages.",
                    ),
                )
            tokens.add(token)

    def _page(self, identifiers: Sequence[str], token: str | None, check: ResponseCheck) -> Page:
        failed = 0
        while True:
            try:
                with self._rate.wait() as permit:
                    if self._closed:
                        raise RequestFailure("permanent", GeneError("INTERNAL_ERROR", "The read is over."))
                    return self._sent(identifiers, token, check, permit)
            except RequestFailure as failure:
                lost = not self._heard and time.monotonic() - (self._first_sent or 0) > _FIRST_CONTACT
                # A batch that is slow is divided; one identifier cannot be.
                passes = failure.kind == "transient" or (failure.kind == "slow" and len(identifiers) == 1)
                if not passes or failed >= self._spec.max_retries or lost:
                    raise
                failed += 1
                if failure.wait is not None:
                    self._rate.pause(failure.wait)
                else:
                    time.sleep(self._pause(failed))

    def _pause(self, failed: int) -> float:
        return min(_LONGEST_WAIT, self._spec.retry_wait * 2.0 ** (failed - 1)) * random.uniform(0.75, 1.25)

    def _sent(self, identifiers: Sequence[str], token: str | None, check: ResponseCheck, permit: Permit) -> Page:
        request, shown = self._request(identifiers, token)
        request.permit = permit
        self._first_sent = self._first_sent or time.monotonic()
        try:
            with self._opener.open(request, timeout=self._spec.timeout) as response:
                headers = response.headers
                at = datetime.datetime.now(datetime.timezone.utc)
                content = _decompressed(response.read(), headers)
        except urllib.error.HTTPError as error:
            self._heard = True
            raise self._refused(error, shown) from None
        except (EOFError, gzip.BadGzipFile, http.client.HTTPException, ValueError) as error:
            raise self._unreadable(shown, str(error)) from None
        except OSError as error:
            slow = isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError)
            raise RequestFailure(
                "slow" if slow else "transient",
                GeneError(
                    "SERVICE_UNREACHABLE",
                    f"No response to {shown}: {getattr(error, 'reason', error)}. Check base_url and that this machine"
                    " may reach it.",
                ),
            ) from None
        phid = headers.get("Ncbi-Phid")
        shown += f" (request id {self._hidden(phid)})" if phid else ""
        if _is_web_page(content, headers):
            raise RequestFailure(
                "transient",
                GeneError(
                    "BAD_RESPONSE",
                    f"The response to {shown} is a web page, not a report: '{self._said(content)}'. Check that"
                    " base_url is the gene service and that no proxy or log-in page responds in its place.",
                ),
            )
        self._heard = True
        try:
            page = self._pages.read(content)
        except (ValueError, RecursionError) as error:
            raise self._unreadable(shown, str(error)) from None
        total = headers.get("X-Ncbi-Total-Count", "").strip()
        page.total = page.total if page.total is not None else int(total) if re.fullmatch("[0-9]+", total) else None
        page.token = page.token or headers.get("X-Ncbi-Next-Page-Token", "").strip() or None
        page.request_id, page.retrieved_at = phid, at
        try:
            check.page(page, self._self_names(page), page.token is None)
        except WrongResponse as why:
            raise RequestFailure(
                "restart" if why.of_all_pages else "transient",
                GeneError(
                    "BAD_RESPONSE",
                    f"The response to {shown} does not match the request: {why}. Try again later; if the error"
                    " persists, check that base_url is the gene service.",
                ),
                why.said,
            ) from None
        return page

    def _request(self, identifiers: Sequence[str], token: str | None) -> tuple[PermittedRequest, str]:
        """A request, and how messages call it: GET while the URL is short."""
        spec = self._spec
        report = "dataset_report" if spec.report == "gene" else "product_report"
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip"}
        if spec.key:
            headers["api-key"] = spec.key
        parameters = [("page_size", str(spec.page_size))]
        if spec.subtree is not None:
            parameters.append(("tax_search_subtree", spec.subtree))
        if token:
            parameters.append(("page_token", token))
        path = f"/gene/{spec.kind.path}/{','.join(map(_encode, identifiers))}"
        if spec.kind.option == "symbols":
            path += f"/taxon/{_encode(spec.taxon or '')}"
        url = f"{spec.base_url}{path}/{report}?" + "&".join(f"{name}={_encode(value)}" for name, value in parameters)
        # A path segment of dots only would be read as a step along the path.
        steps = any(one in (".", "..") for one in (*identifiers, spec.taxon))
        short = len(url) - len(spec.base_url) <= _SHORT_URL
        if not steps and (spec.method == "get" or (spec.method == "auto" and short)):
            return PermittedRequest(url, headers=headers), self._shown("GET", url)
        url = f"{spec.base_url}/gene/{report}"
        body = json.dumps(self._body(identifiers, token)).encode()
        headers["Content-Type"] = "application/json"
        return PermittedRequest(url, body, headers, method="POST"), self._shown("POST", url)

    def _body(self, identifiers: Sequence[str], token: str | None) -> dict[str, Any]:
        spec = self._spec
        body: dict[str, Any] = {}
        if spec.kind.option == "symbols":
            body["symbols_for_taxon"] = {"symbols": list(identifiers), "taxon": spec.taxon}
        elif spec.kind.option == "gene_ids":
            body["gene_ids"] = [int(one) for one in identifiers]
        else:
            body[spec.kind.option] = list(identifiers)
        body["page_size"] = spec.page_size
        if spec.subtree is not None:
            body["tax_search_subtree"] = spec.subtree == "true"
        if token:
            body["page_token"] = token
        return body

    def _shown(self, method: str, url: str) -> str:
        url = self._hidden(url)
        return f"{method} {url if len(url) <= 300 else url[:297] + '...'}"

    def _hidden(self, text: str) -> str:
        """A text of the service without the key, which it may repeat."""
        key = self._spec.key
        return text.replace(key, "***").replace(quote(key, safe=""), "***") if key else text

    def _unreadable(self, shown: str, why: str) -> RequestFailure:
        return RequestFailure(
            "transient",
            GeneError(
                "BAD_RESPONSE",
                f"The response to {shown} cannot be read: {quoted(self._hidden(why), 300)}. Check that base_url is the"
                " gene service; if it is, try again later.",
            ),
        )

    def _refused(self, error: urllib.error.HTTPError, shown: str) -> RequestFailure:
        with error:
            try:
                content = _decompressed(error.read(), error.headers)
            except (OSError, EOFError, http.client.HTTPException):
                content = b""
        status, phid = error.code, error.headers.get("Ncbi-Phid")
        said = self._said(content)
        words = f"Status {status} from {shown}" + (f" (request id {self._hidden(phid)})" if phid else "")
        words += f": '{said}'." if said else ", without a message."
        wait = _retry_after(error.headers.get("Retry-After", ""))
        if 300 <= status < 400:
            return RequestFailure("permanent", GeneError("REQUEST_REFUSED", f"{words} {_REDIRECTED}"))
        if status == 511:
            return RequestFailure("transient", GeneError("BAD_RESPONSE", f"{words} Check base_url and the proxy."))
        if status == 429:
            advice = "The rate limit is exceeded: wait, or give an api_key; other jobs behind the same address count"
            # A second is what the limit is counted in.
            return RequestFailure("transient", GeneError("RATE_LIMITED", f"{words} {advice} too."), said, wait or 1.0)
        if status >= 500:
            slow = status == 504 or "timed out" in said.lower()
            kind = "permanent" if status == 501 else "slow" if slow else "transient"
            advice = "Try again later; quote the request id to NCBI's support."
            return RequestFailure(kind, GeneError("SERVICE_FAILED", f"{words} {advice}"), said, wait)
        if status in (401, 403) or (status == 400 and self._spec.key and _ABOUT_THE_KEY.search(said)):
            advice = "Check api_key, or read without one;" if self._spec.key else "The service may need an api_key;"
            advice += " NCBI also blocks addresses that send too many requests."
            return RequestFailure("permanent", GeneError("REQUEST_REFUSED", f"{words} {advice}"), said)
        kinds = {400: "refused", 408: "slow", 413: "large", 414: "large", 431: "large"}
        kind = kinds.get(status, "permanent")
        if kind == "refused" and _is_web_page(content, error.headers):
            kind = "permanent"
        return RequestFailure(
            kind, GeneError("REQUEST_REFUSED", f"{words} Check base_url and the request's options."), said
        )

    def _said(self, content: bytes) -> str:
        """The message in the body of an error."""
        text = content[:8192].decode("utf-8", "replace").strip()
        try:
            members = json.loads(text)
            said = members.get("message") or members.get("error")
            said = said if isinstance(said, str) else ""
            invalid = [one for one in _invalid(members) if one not in said]
            said += f" Invalid: {', '.join(invalid)}" if invalid else ""
        except (ValueError, AttributeError, RecursionError):
            plain = re.sub(r"<[^>]*>", " ", re.sub(r"(?s)<(script|style).*?</\1>", " ", text))
            said = re.sub(r"\s+", " ", plain).strip()
        said = self._hidden(said)
        return said if len(said) <= 300 else said[:297] + "..."


def _invalid(value: Any, listed: bool = False) -> list[str]:
    """The identifiers that NCBI calls invalid, wherever they appear in an error."""
    if isinstance(value, dict):
        return [text for name, one in value.items() for text in _invalid(one, name == "invalid_identifiers")]
    if isinstance(value, list):
        return [text for one in value for text in _invalid(one, listed)]
    return [value] if listed and isinstance(value, str) else []


def _encode(text: str) -> str:
    return quote(text, safe="*-._")


def _decompressed(content: bytes, headers: Any) -> bytes:
    encoding = headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in ("gzip", "x-gzip"):
        return gzip.decompress(content)
    if encoding not in ("", "identity"):
        raise ValueError(f"it has the Content-Encoding '{quoted(encoding)}', but only gzip was requested")
    return content


def _is_web_page(content: bytes, headers: Any) -> bool:
    start = content[:200].lstrip().lower()
    return headers.get_content_type() == "text/html" or start.startswith((b"<!doctype html", b"<html"))


def _retry_after(text: str) -> float | None:
    """The pause that a service demands, in seconds; given as a number or as a date."""
    if re.fullmatch("[0-9]{1,6}", text.strip()):
        return min(_LONGEST_PAUSE, float(text))
    try:
        at = email.utils.parsedate_to_datetime(text)
        return min(_LONGEST_PAUSE, max(0.0, (at - datetime.datetime.now(datetime.timezone.utc)).total_seconds()))
    except (TypeError, ValueError, OverflowError):
        return None
