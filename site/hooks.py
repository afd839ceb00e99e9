"""Fits the pages of docs/, which are written for the repository, to the site."""

import posixpath
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"(\]\()([^)#\s:]+)(#[^)\s]*)?(\))")


def on_config(config):
    """Adds the decisions to the navigation, in the order of their numbers."""
    pages = sorted(Path(config.docs_dir, "adr").glob("[0-9]*.md"))
    config.nav.append({"Decisions": [f"adr/{page.name}" for page in pages]})
    return config


def on_page_markdown(markdown, page, config, files):
    """Points links that leave docs/ at the repository, and fails where the file is not there."""

    def point(match):
        start, path, anchor, end = match.groups()
        target = posixpath.normpath(posixpath.join("docs", posixpath.dirname(page.file.src_uri), path))
        if target == "docs" or target.startswith("docs/"):
            return match.group(0)
        if not (ROOT / target).exists():
            raise FileNotFoundError(f"{page.file.src_uri} links to {path}, and there is no {target}")
        kind = "tree" if (ROOT / target).is_dir() else "blob"
        return f"{start}{config.repo_url}/{kind}/main/{target}{anchor or ''}{end}"

    return LINK.sub(point, markdown)
