"""White space, quoting and errors, as the jar's source has them."""

from __future__ import annotations

import re

# White space of every kind that people paste, and characters without a width.
BLANK = r"[\s\u0085\u00a0\u1680\u180e\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\u001c-\u001f]"
_ENDS = re.compile(f"^{BLANK}+|{BLANK}+\\Z")
_ANY = re.compile(BLANK)


class GeneError(Exception):
    """An error with a code of docs/errors.md at the start of its text."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"[NCBI_GENE_{code}] {message}")
        self.code = code


def strip(text: str) -> str:
    """The text without white space around it."""
    return _ENDS.sub("", text)


def holds_blank(text: str) -> bool:
    """True if the text contains white space."""
    return _ANY.search(text) is not None


def is_control(char: str) -> bool:
    """True for the control characters of ISO."""
    return char < " " or "\x7f" <= char <= "\x9f"


def quoted(text: str, most: int = 100) -> str:
    """A foreign text for a message: on one line, and cut to its beginning if it is long."""
    start = text if len(text) <= most else text[: most - 3] + "..."
    return "".join(f"\\u{ord(char):04x}" if is_control(char) else char for char in start)
