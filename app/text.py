"""Text that people send: cleaned on the way in, Markdown to safe HTML on the way out.

``render`` has two walls. The parser knows no raw HTML, no images and only the link schemes below; then two sanitisers
with one allow-list judge the result, bleach first and nh3 after it. Neither wall needs the other to be right.
"""

import re
import unicodedata
from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

import nh3
from bleach.sanitizer import Cleaner
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

# Stored beside rendered text; a new number has everything rendered again.
RENDERER_VERSION = 1

TAGS = frozenset(
    ("a", "blockquote", "br", "code", "em", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s", "strong", "ul")
)
SCHEMES = frozenset(("http", "https", "mailto"))
REL = "nofollow ugc noopener noreferrer"

# Longer texts (imports are never cut) are shown as plain paragraphs: parsing time grows faster than length.
_LONGEST_MARKDOWN = 20_000
_DEEPEST = 20
_MOST_PUNYCODE = 3  # labels in one address; no honest one has more

_BLOCKS = frozenset(("blockquote", "h4", "h5", "h6", "li", "ol", "p", "pre", "ul"))
_FIRST_HEADING, _LAST_HEADING = 4, 6

# Controls, surrogates, zero-width spaces, embeddings, overrides and isolates, and what XML cannot hold. ZWJ, ZWNJ and
# the direction marks stay: Persian and Indic spelling and mixed-direction sentences need them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_LOOKS_EMPTY = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2800\u3164\ufe00-\ufe0f\uffa0]*"
)
# Unicode's stream-safe limit (UAX 15). Sorting a longer run of marks takes quadratic time, and no language needs one.
_LONGEST_MARK_RUN = 30


# One line without any mark of Markdown: most comments are, and need no parsing for their words.
_UNMARKED = re.compile(r"(?![-+=\s]|\d+[.)])[^\n\t*_`\[\]<>&#~\\|:!]+")


def clean(text: str) -> str:
    """The text in NFC with plain line ends, without controls, lone surrogates and bidirectional overrides.

    Empty when nothing in it can be seen.
    """
    text = _UNWANTED.sub("", _LINE_END.sub("\n", text))
    text = unicodedata.normalize("NFC", _limit_marks(text)).strip()
    return "" if _LOOKS_EMPTY.fullmatch(text) else text


def clean_line(text: str) -> str:
    """Like ``clean``, for fields of one line: line ends, tabs and runs of spaces become one space."""
    return re.sub("[ \t\n]+", " ", clean(text))


def render(markdown: str) -> str:
    """Safe HTML of people's Markdown: headings from h4 down, links to own pages, http(s) and mailto."""
    text = clean(markdown)
    tokens = _parse(text)
    if tokens is None:
        return _second_judge(_paragraphs(text))
    return _second_judge(_FIRST_JUDGE.clean(_PARSER.renderer.render(tokens, _PARSER.options, {})))


def plain(markdown: str) -> str:
    """The words without the marks, one block to a line; a link's address follows its words in brackets."""
    return "\n".join(_words(markdown, addresses=True))


def excerpt(text: str, length: int) -> str:
    """The beginning of people's text as one line of at most ``length`` characters, cut between words if it can be."""
    line = " ".join(" ".join(_words(text, addresses=False)).split())
    if len(line) <= length:
        return line
    end = line.rfind(" ", length // 2, length)
    if end < 0:
        end = length - 1
        while end > 1 and _belongs_to_previous(line, end):
            end -= 1
    return line[:end].rstrip(" ,;:.-–—") + "…"


def _limit_marks(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= _LONGEST_MARK_RUN:
            kept.append(character)
    return "".join(kept)


def _belongs_to_previous(line: str, position: int) -> bool:
    following, before = line[position], line[position - 1]
    return (
        bool(unicodedata.combining(following)) or "\u200d" in (following, before) or "\ufe00" <= following <= "\ufe0f"
    )


def _parse(text: str) -> list[Token] | None:
    """None where the text is to be shown as it was typed, because parsing would be slow or lose words."""
    if len(text) > _LONGEST_MARKDOWN:
        return None
    tokens = (_PARSER_WITHOUT_LINKS if _tires_linkify(text) else _PARSER).parse(text)
    # The parser drops whatever lies deeper than its limit.
    if any(token.level >= _DEEPEST - 1 and token.type in ("blockquote_open", "list_item_open") for token in tokens):
        return None
    return tokens


def _paragraphs(text: str) -> str:
    return "\n".join(
        f'<p dir="auto">{escape(part, quote=False)}</p>'.replace("\n", "<br>\n") for part in re.split("\n{2,}", text)
    )


def _words(markdown: str, *, addresses: bool) -> list[str]:
    text = clean(markdown)
    if _UNMARKED.fullmatch(text):
        return [text]
    tokens = _parse(text)
    if tokens is None:
        return text.split("\n")
    blocks: list[str] = []
    for token in tokens:
        if token.type in ("fence", "code_block"):
            blocks.append(token.content.rstrip("\n"))
        elif token.type == "inline":
            blocks.append(_spoken(token.children or (), addresses=addresses))
    return blocks


def _spoken(children: Sequence[Token], *, addresses: bool) -> str:
    said: list[str] = []
    links: list[tuple[str, int]] = []
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            said.append("\n")
        elif child.type == "link_open":
            links.append((str(child.attrGet("href") or ""), len(said)))
        elif child.type == "link_close":
            address, start = links.pop()
            if addresses and child.info != "auto" and "".join(said[start:]).strip() != address:
                said.append(f" ({address})")
        else:
            said.append(child.content)
    return "".join(said)


def _is_allowed_link(address: str) -> bool:
    if not address or re.search(r"[\x00-\x20\x7f-\xa0\\]", address) or address.startswith("//"):
        return False
    try:
        parts = urlsplit(address)
        # Without a host linkify would replace the words by "http://" and lose them.
        if parts.scheme.lower() in ("http", "https"):
            return bool(parts.hostname)
    except ValueError:
        return False
    return parts.scheme.lower() == "mailto" if parts.scheme else address.startswith(("/", "#"))


def _is_allowed_attribute(tag: str, name: str, value: str) -> bool:
    if name == "dir":
        return tag in _BLOCKS and value == "auto"
    if tag == "a":
        return (name == "href" and _is_allowed_link(value)) or name == "title" or (name == "rel" and value == REL)
    return tag == "ol" and name == "start" and re.fullmatch("[0-9]{1,9}", value) is not None


def _second_judge(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={
            "a": {"href", "title", "rel"},
            "ol": {"start", "dir"},
            **{tag: {"dir"} for tag in _BLOCKS - {"ol"}},
        },
        attribute_filter=lambda tag, name, value: value if _is_allowed_attribute(tag, name, value) else None,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def _settle_headings(state: StateCore) -> None:
    """People's headings begin at h4, below the heading of their comment, and skip no level."""
    before = _FIRST_HEADING - 1
    for token in state.tokens:
        if token.type == "heading_open":
            wanted = _FIRST_HEADING - 1 + int(token.tag[1])
            before = min(wanted, before + 1, _LAST_HEADING)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{before}"


def _set_direction(state: StateCore) -> None:
    """Each block takes its direction from its own words: threads mix scripts."""
    for token in state.tokens:
        if token.nesting == 1 and token.tag in _BLOCKS:
            token.attrSet("dir", "auto")


def _open_link(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    if not str(tokens[index].attrGet("href") or "").startswith(("/", "#")):
        tokens[index].attrSet("rel", REL)
    return self.renderToken(tokens, index, options, env)


def _code_block(_self: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
    return f'<pre dir="auto"><code>{escape(tokens[index].content, quote=False)}</code></pre>\n'


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 (the parser's own name)
        return _is_allowed_link(url)


def _tires_linkify(text: str) -> bool:
    """Whether an address in the text makes finding addresses take exponential time (linkify-it on repeated `xn--`)."""
    lowered = text.lower()
    return "xn--" in lowered and any(word.count("xn--") > _MOST_PUNYCODE for word in lowered.split())


def _parser(*, linkify: bool = True) -> MarkdownIt:
    parser = _Markdown(
        "commonmark", {"html": False, "linkify": linkify, "breaks": True, "typographer": False, "maxNesting": _DEEPEST}
    )
    parser.enable(["linkify", "strikethrough"] if linkify else ["strikethrough"])
    parser.disable(["image", "html_block", "html_inline", "reference"])
    if parser.linkify is not None:
        parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    parser.core.ruler.push("settle_headings", _settle_headings)
    parser.core.ruler.push("set_direction", _set_direction)
    parser.add_render_rule("link_open", _open_link)
    parser.add_render_rule("fence", _code_block)
    parser.add_render_rule("code_block", _code_block)
    return parser


_PARSER, _PARSER_WITHOUT_LINKS = _parser(), _parser(linkify=False)
_FIRST_JUDGE = Cleaner(tags=TAGS, attributes=_is_allowed_attribute, protocols=SCHEMES, strip=True, strip_comments=True)
