"""Fits the pages of docs/, which are written for the repository, to the site."""

import posixpath
import re
import shutil
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABS = re.compile(r"<!-- tabs -->\n(.*?)<!-- end of tabs -->\n", re.S)
SECTION = re.compile(r"^## (.*)\n", re.M)
# With it a browser searches pages that it has from a folder. The theme loads it from another site.
SHIM = "assets/javascripts/iframe-worker-shim.js"
SCRIPT = re.compile(r'(<script[^>]* src=")(https?://[^"]+)(")')
LINK = re.compile(r"(\]\()([^)#\s:]+)(#[^)\s]*)?(\))")


def on_config(config):
    """Adds the decisions to the navigation, in the order of their numbers, folded."""
    pages = sorted(Path(config.docs_dir, "adr").glob("[0-9]*.md"))
    config.nav.append(
        {
            "Contributing": [
                {"Build and change it": f"{config.repo_url}/blob/main/CONTRIBUTING.md"},
                {"Decisions": [f"adr/{page.name}" for page in pages]},
            ]
        }
    )
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

    return TABS.sub(tabs, LINK.sub(point, markdown))


def tabs(marked):
    """The sections between two marks, which follow each other in the repository, as tabs of the site."""
    before, *sections = SECTION.split(marked.group(1))
    if before.strip() or not sections:
        raise ValueError(f"Between the marks of tabs is something that is not a section: {before.strip()[:60]}")
    return "".join(
        f'=== "{title}"\n\n{textwrap.indent(text.strip(), "    ")}\n\n' for title, text in zip(*[iter(sections)] * 2)
    )


def on_post_page(output, page, config):
    return without_foreign_scripts(output, page.file.dest_uri)


def on_post_template(output, template_name, config):
    return without_foreign_scripts(output, template_name)


def without_foreign_scripts(html, name):
    """Lets no page load a script from another site, that search works without a network."""

    def own(match):
        if not match[2].endswith("/iframe-worker/shim"):
            raise ValueError(f"{name} loads {match[2]}")
        return match[1] + posixpath.relpath(SHIM, posixpath.dirname(name) or ".") + match[3]

    return SCRIPT.sub(own, html)


def on_post_build(config):
    """Adds the style sheet, and the script that no page may load from elsewhere."""
    shutil.copyfile(Path(__file__).with_name("wide.css"), Path(config.site_dir, "assets/wide.css"))
    shutil.copyfile(Path(__file__).with_name("iframe-worker") / "shim.js", Path(config.site_dir, SHIM))
