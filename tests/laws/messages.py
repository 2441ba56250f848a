"""The messages of code and templates: what they are, and how the files of the translators follow them."""

import io
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent.parent
TRANSLATIONS = ROOT / "app" / "translations"
METHODS = [("app/**.py", "python"), ("templates/**", "jinja2")]
OPTIONS = {"templates/**": {"silent": "false", "newstyle_gettext": "true"}}
COMMENTS = ("Translators:",)


def extract(root: Path = ROOT) -> Catalog:
    """Every message of the project, with the files that say it."""
    catalog = Catalog(project="Standpoint", charset="utf-8")
    found = extract_from_dir(root, METHODS, OPTIONS, comment_tags=COMMENTS, strip_comment_tags=True)
    for name, _line, message, comments, context in found:
        catalog.add(message, None, [(name, 1)], auto_comments=comments, context=context)
    return catalog


def ids(catalog: Catalog) -> set[tuple[str, ...]]:
    """What identifies each message: its words, singular and plural, and its context."""
    return {(*forms(message), message.context or "") for message in catalog if message.id}


def forms(message: Message) -> tuple[str, ...]:
    """The singular, and the plural if there is one."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def template() -> Path:
    """The file that translators begin with."""
    return TRANSLATIONS / "messages.pot"


def languages() -> dict[str, Path]:
    """The file of each language."""
    return {path.parent.parent.name: path for path in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))}


def read(path: Path, language: str | None = None) -> Catalog:
    """A file of messages; nothing when there is none yet."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def written(catalog: Catalog) -> bytes:
    """A catalogue as a file; names of files without lines, so that only changed messages change it."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=120, include_lineno=False, sort_by_file=True)
    return buffer.getvalue()


def update() -> None:
    """Bring the template and every language's file up to date; what is new there has no words yet."""
    new = extract()
    if ids(read(template())):
        new.creation_date = read(template()).creation_date
    TRANSLATIONS.mkdir(exist_ok=True)
    template().write_bytes(written(new))
    for language, path in languages().items():
        catalog = read(path, language)
        catalog.update(new, no_fuzzy_matching=True, update_header_comment=False)
        catalog.obsolete.clear()
        path.write_bytes(written(catalog))
        missing = sum(1 for message in catalog if message.id and not all(words(message)))
        print(f"{language}: {len(catalog)} messages, {missing} without words")  # noqa: T201 - a command's answer


def words(message: Message) -> tuple[str, ...]:
    """The translated forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


if __name__ == "__main__":
    update()
