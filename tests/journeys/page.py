"""A page as a reader without a browser has it: text, fields by their labels, buttons by their words."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

_EMPTY = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_INLINE = {"a", "abbr", "b", "bdi", "button", "code", "del", "em", "i", "ins", "mark", "q", "s", "small", "span"}
_INLINE |= {"strong", "time", "wbr", "use"}
_SILENT = {"script", "style", "title", "svg", "head", "template"}


# Names with what was typed, or with name and content of a file.
Values = list[tuple[str, str | tuple[str, bytes]]]


class Node:
    """An element. ``typed`` holds what was typed into a field, ``sent`` the files attached to it."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Node | None) -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Node | str] = []
        self.typed: str | None = None
        self.attached: tuple[str, bytes] | None = None

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def has(self, name: str) -> bool:
        return name in self.attributes

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def every(self, *tags: str) -> list[Node]:
        return [node for node in self.walk() if node.tag in tags]

    def above(self, tag: str) -> Node | None:
        """Return the nearest element of this kind around this one."""
        node = self.parent
        while node is not None and node.tag != tag:
            node = node.parent
        return node

    @property
    def raw(self) -> str:
        return "".join(child if isinstance(child, str) else child.raw for child in self.children)

    @property
    def text(self) -> str:
        """Return the words, one space between them."""
        return " ".join("".join(self._pieces()).split())

    def _pieces(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in _SILENT:
                gap = "" if child.tag in _INLINE else " "
                yield gap
                yield from child._pieces()
                yield gap


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Node("page", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(node)
        if tag not in _EMPTY:
            self.here = node

    def handle_endtag(self, tag: str) -> None:
        node: Node | None = self.here
        while node is not None and node.tag != tag:
            node = node.parent
        if node is not None and node.parent is not None:
            self.here = node.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def parsed(html: str) -> Node:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


class NotFound(AssertionError):
    """Nothing, or more than one thing, on the page has these words."""


def only(found: list[Node], what: str, page: Node) -> Node:
    """Return the one thing found."""
    if len(found) != 1:
        raise NotFound(f"{len(found)} times {what} on this page:\n{page.text[:3000]}")
    return found[0]


def part(page: Node, heading: str) -> Node:
    """Return the part of a page with this heading or legend."""
    if not heading:
        return page
    parts = [node for node in page.every("section") if _heading(page, node).startswith(heading)]
    parts += [group for group in page.every("fieldset") if _first(group, "legend").startswith(heading)]
    parts += [folded for folded in page.every("details") if _first(folded, "summary") == heading]
    return only(parts, f"a part “{heading}”", page)


def _heading(page: Node, section: Node) -> str:
    named = [node for node in section.walk() if node.get("id") and node.get("id") == section.get("aria-labelledby")]
    headings = named or section.every("h1", "h2", "h3")
    return headings[0].text if headings else ""


def _first(node: Node, tag: str) -> str:
    found = node.every(tag)
    return found[0].text if found else ""


def fields(scope: Node, page: Node, label: str) -> list[Node]:
    """Return the fields whose label begins like this."""
    found = []
    for words in scope.every("label"):
        if words.text.startswith(label):
            inside = words.every("input", "select", "textarea")
            found += inside or [node for node in page.walk() if node.get("id") == words.get("for") != ""]
    named = [node for node in scope.every("input", "select", "textarea") if node.get("aria-label").startswith(label)]
    return list(dict.fromkeys(found + [node for node in named if node.get("aria-label")]))


def form_of(node: Node, page: Node) -> Node:
    """Return the form that a field or button belongs to."""
    if node.get("form"):
        return only([form for form in page.every("form") if form.get("id") == node.get("form")], "the form", page)
    form = node.above("form")
    if form is None:
        raise NotFound(f"“{node.text or node.get('name')}” belongs to no form")
    return form


def values_of(form: Node, page: Node, pressed: Node) -> Values:
    """Return what a browser would send when ``pressed`` is pressed."""
    sent: Values = []
    outside = [node for node in page.walk() if form.get("id") and node.get("form") == form.get("id")]
    for node in [*form.walk(), *outside]:
        if node.get("name") and not node.has("disabled") and not (node.get("form") and node not in outside):
            sent += [(node.get("name"), value) for value in _values(node, pressed)]
    return sent


def _values(node: Node, pressed: Node) -> list[str | tuple[str, bytes]]:
    kind = node.get("type") or "text"
    if node.tag == "button":
        return [node.get("value")] if node is pressed else []
    if node.tag == "select":
        options = node.every("option")
        chosen = [option for option in options if option.has("selected")]
        if not chosen and not node.has("multiple"):
            chosen = options[:1]
        return [option.get("value") if option.has("value") else option.text for option in chosen]
    if node.tag == "textarea":
        # HTML drops the line break after the opening tag, and sends each one as two characters.
        text = node.raw.removeprefix("\n") if node.typed is None else node.typed
        return ["\r\n".join(text.splitlines()) if text else ""]
    if node.tag != "input" or kind in {"submit", "button", "reset", "image"}:
        return []
    if kind in {"checkbox", "radio"}:
        return [node.get("value") or "on"] if node.has("checked") else []
    if kind == "file":
        return [node.attached] if node.attached else []
    return [node.get("value") if node.typed is None else node.typed]
