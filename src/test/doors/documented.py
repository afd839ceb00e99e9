"""The samples of the documentation."""

import re

from conftest import ROOT

FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def python_samples(page):
    """The samples in Python of a page, each with what the page says that it prints, or None."""
    blocks = FENCED.findall((ROOT / page).read_text(encoding="utf-8"))
    following = [*blocks[1:], ("", "")]
    return [
        (text, shown if kind == "text" else None)
        for (language, text), (kind, shown) in zip(blocks, following)
        if language == "python"
    ]
