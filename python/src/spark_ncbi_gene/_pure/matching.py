"""Matches reports to the identifiers of a batch, and checks that responses match their request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .identifiers import Kind
from .pages import Match, Page, Warning, names_in, words_of
from .texts import quoted


class WrongResponse(Exception):
    """A response that does not match the request."""

    def __init__(self, message: str, said: str = "", of_all_pages: bool = False) -> None:
        super().__init__(message)
        self.said, self.of_all_pages = said, of_all_pages


@dataclass
class Hits:
    """The identifiers that a report belongs to, may belong to, or names although they were not requested."""

    now: list[str]
    in_doubt: list[str]
    foreign: list[str]


class Matcher:
    """Finds the requested identifiers by exact text, or else without the version, or else by a warning."""

    def __init__(self, kind: Kind, requested: Sequence[str]) -> None:
        self.requested = list(requested)
        self.matched: set[str] = set()
        self._versioned = kind.option == "accessions"
        self._exact = set(self.requested)
        self._by_base: dict[str, list[str]] = {}
        for identifier in self.requested:
            self._by_base.setdefault(self._base(identifier), []).append(identifier)

    def _base(self, text: str) -> str:
        upper = text.upper()
        return re.sub(r"(?<=.)\.[0-9]+\Z", "", upper) if self._versioned else upper

    def _known(self, name: str) -> list[str]:
        return [name] if name in self._exact else self._by_base.get(self._base(name), [])

    def hits(self, query: Sequence[str], requested: Sequence[str]) -> Hits:
        """Returns the identifiers that a report with this echo belongs to, and marks them as matched."""
        now: dict[str, None] = {}
        in_doubt: dict[str, None] = {}
        unknown: dict[str, None] = {}
        for echoed in query:
            same = self._by_base.get(self._base(echoed), [])
            if echoed in self._exact:
                now[echoed] = None
                in_doubt.update((other, None) for other in same if other != echoed)
            elif not same:
                unknown[echoed] = None
            else:
                (now if len(same) == 1 else in_doubt).update(dict.fromkeys(same))
        for replaced in requested:
            known = self._known(replaced)
            (now if replaced in self._exact or len(known) <= 1 else in_doubt).update(dict.fromkeys(known))
        self.matched.update(now)
        doubtful = [one for one in in_doubt if one not in now]
        return Hits(list(now), doubtful, list(unknown) if not now and not doubtful else [])

    def exactly(self, names: Iterable[str], requested: Iterable[str]) -> Hits:
        """The identifiers that exactly equal a name."""
        now = list(dict.fromkeys(name for name in (*names, *requested) if name in self._exact))
        self.matched.update(now)
        return Hits(now, [], [])

    def known_as(self, names: Iterable[str]) -> list[str]:
        """The identifiers that names echo, exactly or without the version; marks none."""
        return list(dict.fromkeys(one for name in names for one in self._known(name)))

    def knows_one_of(self, names: Iterable[str]) -> bool:
        """True if any of the names was requested, in any version."""
        return any(self._base(name) in self._by_base for name in names)

    def unmatched(self) -> list[str]:
        """The identifiers without a report."""
        return [one for one in self.requested if one not in self.matched]

    def apart(self, identifiers: Iterable[str]) -> list[list[str]]:
        """Divides identifiers so that no part holds two versions of one accession."""
        parts: list[list[str]] = []
        seen: dict[str, int] = {}
        for identifier in identifiers:
            part = seen.get(self._base(identifier), 0)
            seen[self._base(identifier)] = part + 1
            if part == len(parts):
                parts.append([])
            parts[part].append(identifier)
        return parts


class ResponseCheck:
    """Decides whether the responses to a batch match it: status 200 alone proves little."""

    def __init__(self, matcher: Matcher, taxon: str | None) -> None:
        self._matcher, self._taxon = matcher, taxon
        self._promised: int | None = None
        self._before = 0
        self._names_before: set[Any] = set()
        self._pages = 0

    def page(self, page: Page, self_names: Sequence[Sequence[str]], is_last: bool) -> None:
        """Checks a page.

        :param self_names: of each report, its own names
        :raises WrongResponse: if it does not match the request
        """
        error = next(
            (one for match in page.matches if not match.rows for one in self._strangers(match)),
            next((one for one in page.errors if not self._is_named(one)), None),
        )
        if error is not None:
            raise _objection("it holds an error that names nothing that was requested", words_of(error))
        if page.oddity:
            raise _objection(f"it holds {page.oddity}", page.said)
        if not page.has_reports and not page.is_blank and not any(map(self._is_named, page.messages)):
            said = next((words_of(one) for one in page.messages if words_of(one)), page.said)
            raise _objection("it holds no reports", said)
        if page.matches and not any(map(self._is_about_request, page.matches, self_names)):
            first = next((match.query[0] for match in page.matches if match.rows and match.query), None)
            raise _objection(
                f"none of its {len(page.matches)} reports is about anything that was requested"
                + (f", the first is about '{quoted(first)}'" if first else ""),
                "",
            )
        promised = page.total if self._pages == 0 else self._promised
        # A page that was sent twice, in place of another one, does not count again.
        names = [self._name(page, match) for match in page.matches]
        count = self._before + sum(name is None or name not in self._names_before for name in names)
        if is_last and promised is not None and count < promised:
            raise WrongResponse(
                f"{'with the pages before it holds' if self._pages else 'it holds'} {count} of the {promised} reports"
                " that total_count promises",
                of_all_pages=self._pages > 0,
            )
        self._names_before.update(name for name in names if name is not None)
        self._promised, self._before, self._pages = promised, count, self._pages + 1

    def _name(self, page: Page, match: Match) -> Any:
        """The same for the same report on another page: one gene may have a report for each of its identifiers."""
        return (page.keys[match.rows[0]], tuple(match.query)) if match.rows and self._matcher.requested else None

    def _strangers(self, match: Match) -> list[Warning]:
        """The errors of a remark that are about nothing requested."""
        if self._matcher.knows_one_of(match.query):
            return []
        return [one for one in match.errors if not self._is_named(one)]

    def _is_named(self, warning: Warning) -> bool:
        names = names_in(warning)
        return self._matcher.knows_one_of(names) or (self._taxon is not None and self._taxon in names)

    def _is_about_request(self, match: Match, self_names: Sequence[str]) -> bool:
        knows = self._matcher.knows_one_of
        if not match.rows:
            return knows(match.query) or any(map(self._is_named, match.warnings))
        return not match.query or knows(match.query) or knows(match.requested) or knows(self_names)


def _objection(what: str, said: str) -> WrongResponse:
    return WrongResponse(what + (f", and says '{quoted(said, 300)}'" if said else ""), said)
