"""Whatever the interface says, it says in every language that it offers."""

from babel.messages.catalog import Catalog

from tests.laws import messages
from tests.laws.sources import hold, write


def test_the_template_has_every_message():
    expected, found = messages.ids(messages.extract()), messages.ids(messages.read(messages.template()))
    advice = ["Run `make translations`."] if expected != found else []
    missing = [f"not in messages.pot: {' / '.join(m)}" for m in sorted(expected - found)]
    hold(missing + [f"said nowhere: {' / '.join(m)}" for m in sorted(found - expected)] + advice)


def offences(template: Catalog, catalog: Catalog) -> list[str]:
    """What is missing, uncertain, or would lose a value."""
    found = [f"has no {' / '.join(m)}" for m in sorted(messages.ids(template) - messages.ids(catalog))]
    for message in catalog:
        if message.id:
            first = messages.forms(message)[0]
            found += [f"has no words for: {first}"] if not all(messages.words(message)) else []
            found += [f"is not sure about: {first}"] if message.fuzzy else []
            found += [f"{error}: {first}" for error in message.check(catalog)]
    return found


def test_each_language_is_complete():
    template = messages.read(messages.template())
    files = messages.languages().items()
    hold([f"{language} {o}" for language, path in files for o in offences(template, messages.read(path, language))])


def test_messages_are_found_in_code_and_templates(tmp_path):
    files = {
        "app/rules/a.py": '_("One")\nngettext("%(num)s two", "%(num)s twos", 2)',
        "templates/a/b.html": '{{ _("Three") }}{% trans %}Four{% endtrans %}',
        "other/c.py": '_("Five")',
    }
    assert messages.ids(messages.extract(write(tmp_path, files))) == {
        ("One", ""),
        ("%(num)s two", "%(num)s twos", ""),
        ("Three", ""),
        ("Four", ""),
    }


def test_the_law_bites():
    template, french = Catalog(), Catalog(locale="fr")
    for text in ("a", "b", "c", "%(n)s d"):
        template.add(text)
    french.add("a", "A")
    french.add("b", "")
    french.add("%(n)s d", "%(m)s D", flags=["python-format"])
    french.add("e", "E", flags=["fuzzy"])
    assert offences(template, french) == [
        "has no c / ",
        "has no words for: b",
        "unknown named placeholder 'm': %(n)s d",
        "is not sure about: e",
    ]
