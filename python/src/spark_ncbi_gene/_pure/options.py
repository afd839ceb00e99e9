"""The options of a read, by their own names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from .texts import GeneError, quoted, strip

TAKEN = (
    "report",
    "table_fields",
    "table_format",
    "mode",
    "accessions",
    "gene_ids",
    "locus_tags",
    "symbols",
    "taxon",
    "tax_search_subtree",
    "accession_rows",
    "metadata",
    "method",
    "page_size",
    "base_url",
    "allow_http",
    "api_key",
    "api_token",
    "batch_size",
    "max_partitions",
    "requests_per_second",
    "max_in_flight",
    "max_retries",
    "retry_wait",
    "response_timeout",
    "max_pages",
)
# Without effect here: the rows are the same with any of their values.
_IGNORED = ("push_down",)
# What the jar's source takes besides.
_OF_THE_JAR = (
    "path",
    "accessions_path",
    "query",
    "types",
    "accession_filter",
    "returned_content",
    "endpoint",
    "wire_format",
    "include_tabular_header",
    "sort_field",
    "sort_direction",
    "page_token",
    "proxy_address",
    "proxy_username",
    "proxy_password",
    "connect_timeout",
    "request_timeout",
    "query_timeout",
    "max_held_bytes",
    "max_response_bytes",
    "max_decoded_bytes",
    "max_report_elements",
    "max_report_bytes",
    "cache_path",
    "cache_max_age",
    "cache_mode",
    "cache_secret",
    "max_ids_per_trigger",
    "replaced_files",
)
# Options that the jar's source takes, with the values that are taken here, too.
_DEFAULTS = {"endpoint": ("report",), "wire_format": ("auto", "json")}
_INSTEAD = {
    "path": " Give the file's lines as accessions.",
    "accessions_path": " Give the file's lines as accessions.",
    "proxy_address": " Set HTTPS_PROXY in the environment of the executors.",
}
_SECRET = ("api_key", "api_token", "proxy_username", "proxy_password", "cache_secret")
_UNITS = {"ms": 0.001, "": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def _plain(name: str) -> str:
    return re.sub("[-_.]", "", name).lower()


_KNOWN = {_plain(name): name for name in (*TAKEN, *_IGNORED, *_OF_THE_JAR)}


class Options:
    """Options with their values as they were given, none of which shows in an error if it is secret."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._values: dict[str, str] = {}
        for name, value in given.items():
            known = _KNOWN.get(_plain(str(name)))
            if known is None:
                raise GeneError(
                    "UNKNOWN_OPTION",
                    f"Option '{quoted(str(name))}' is not known. The data source in pure Python takes"
                    f" {', '.join(TAKEN)}.",
                )
            text = strip(str(value))
            if known in _OF_THE_JAR and text.lower() not in _DEFAULTS.get(known, ()):
                raise GeneError(
                    "CONFLICTING_OPTIONS",
                    f"Option {name} is not one of the data source in pure Python.{_INSTEAD.get(known, '')} The jar's"
                    f" data source takes it; this one takes {', '.join(TAKEN)}.",
                )
            before = self._values.setdefault(known, str(value))
            if before != str(value):
                raise GeneError("CONFLICTING_OPTIONS", f"Option {known} is given twice, with different values.")

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str, default: str = "") -> str:
        """The value as it was given; an empty one is an error."""
        if name not in self._values:
            return default
        value = self._values[name] if name in _SECRET else strip(self._values[name])
        if not value:
            raise GeneError("INVALID_OPTION", f"Option {name} is empty. Give it a value, or leave it out.")
        return value

    def secret(self, name: str) -> str:
        """A value that is sent in a header; no message shows it."""
        value = strip(self.text(name))
        if not re.fullmatch("[!-~]+", value):
            raise GeneError("INVALID_OPTION", f"Option {name} must be printable ASCII without spaces.")
        return value

    def word(self, name: str, *words: str) -> str:
        """One of these words, in any letter case; the first one by default."""
        text = self.text(name, words[0])
        found = next((word for word in words if word.lower() == text.lower()), None)
        if found is None:
            raise self._invalid(name, f"Give {', '.join(words[:-1])} or {words[-1]}.")
        return found

    def whole(self, name: str, least: int, most: int, default: int) -> int:
        """A whole number within these bounds."""
        text = self.text(name, str(default))
        if not re.fullmatch("[0-9]{1,12}", text) or not least <= int(text) <= most:
            raise self._invalid(name, f"Give a whole number from {least} to {most}.")
        return int(text)

    def number(self, name: str, default: float) -> float:
        """A number, with a fraction or without."""
        text = self.text(name, str(default))
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
            raise self._invalid(name, "Give a number such as 5 or 0.5.")
        return float(text)

    def seconds(self, name: str, default: float) -> float:
        """A duration, in seconds."""
        text = self.text(name, f"{default:g}s")
        found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) *(ms|s|m|h|d|)", text.lower())
        if found is None:
            raise self._invalid(name, "Give a duration such as 500ms, 30s or 2m.")
        return float(found.group(1)) * _UNITS[found.group(2)]

    def url(self, name: str, default: str) -> str:
        """An address, of plain http only if it is of this machine or ``allow_http`` is set."""
        url = self.text(name, default).rstrip("/")
        parts = urlsplit(url)
        local = parts.hostname in ("localhost", "::1") or str(parts.hostname).startswith("127.")
        allowed = self.word("allow_http", "false", "true") == "true"
        http = parts.scheme == "http" and (local or allowed)
        if not parts.hostname or not (parts.scheme == "https" or http):
            raise GeneError(
                "INVALID_OPTION",
                "Option base_url must start with https, or with http and name this machine. Set allow_http to true to"
                " allow others.",
            )
        return url

    def _invalid(self, name: str, remedy: str) -> GeneError:
        return GeneError("INVALID_OPTION", f"Option {name} is '{quoted(self._values[name])}'. {remedy}")
