"""A person whose browser knows HTML and cookies, and nothing else."""

from __future__ import annotations

from urllib.parse import urlencode, urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from journeys.page import Node, NotFound, Values, fields, form_of, only, parsed, part, values_of

FORM = "application/x-www-form-urlencoded"


class HttpHand:
    """Reads pages and sends forms as they stand there, with the token of the page.

    ``is_hasty`` people press every button twice, and see what the first press led to.
    """

    def __init__(self, *, is_hasty: bool = False) -> None:
        self.is_hasty = is_hasty
        self.client = Client(enforce_csrf_checks=True)
        self.path = "/"
        self.page = Node("page", {}, None)

    def open(self, address: str, *, status: int = 200) -> None:
        parts = urlsplit(address)
        self._land(self.client.get(f"{parts.path}?{parts.query}", follow=True), status, parts.path)

    def _land(self, answer, status: int, path: str) -> None:
        self.path = urlsplit(answer.redirect_chain[-1][0]).path if answer.redirect_chain else path
        self.page = parsed(answer.content.decode()) if "html" in answer["Content-Type"] else Node("page", {}, None)
        if answer.status_code != status:
            raise AssertionError(f"{self.path} answers {answer.status_code}:\n{self.page.text[:3000]}")

    def read(self) -> str:
        return self.page.text

    def see(self, *words: str) -> None:
        text = self.read()
        for each in words:
            assert each in text, f"“{each}” is not on {self.path}:\n{text[:3000]}"

    def _field(self, label: str, within: str) -> Node:
        return only(fields(part(self.page, within), self.page, label), f"a field “{label}”", self.page)

    def fill(self, label: str, text: str, *, within: str = "") -> None:
        self._field(label, within).typed = text

    def choose(self, label: str, option: str, *, within: str = "") -> None:
        scope = part(self.page, within)
        groups = [group for group in scope.every("fieldset") if part_name(group).startswith(label)]
        if groups:
            chosen = only(fields(groups[0], self.page, option), f"a choice “{option}”", self.page)
            for other in form_of(chosen, self.page).every("input"):
                if other.get("name") == chosen.get("name"):
                    other.attributes.pop("checked", None)
            chosen.attributes["checked"] = ""
            return
        options = self._field(label, within).every("option")
        wanted = only([node for node in options if node.text == option], f"a choice “{option}”", self.page)
        for node in options:
            node.attributes.pop("selected", None)
        wanted.attributes["selected"] = ""

    def tick(self, label: str, *, within: str = "") -> None:
        self._field(label, within).attributes["checked"] = ""

    def attach(self, label: str, name: str, content: bytes) -> None:
        self._field(label, "").attached = (name, content)

    def value(self, label: str) -> str:
        field = self._field(label, "")
        return field.raw.removeprefix("\n") if field.tag == "textarea" else field.get("value")

    def links(self, start: str) -> list[str]:
        return [node.text for node in self.page.every("a") if node.text.startswith(start)]

    def buttons(self, start: str) -> list[str]:
        return [node.text for node in self.page.every("button") if node.text.startswith(start)]

    def press(self, words: str, *, within: str = "", status: int = 200) -> None:
        found = [node for node in part(self.page, within).every("button") if node.text == words]
        button = only(found, f"a button “{words}”", self.page)
        assert not button.has("disabled"), f"“{words}” cannot be pressed"
        form = form_of(button, self.page)
        path = urljoin(self.path, button.get("formaction") or form.get("action") or self.path)
        values = values_of(form, self.page, button)
        if form.get("method").lower() != "post":
            self._land(self.client.get(f"{path.split('?')[0]}?{urlencode(values)}", follow=True), status, path)
            return
        is_multipart = form.get("enctype") == "multipart/form-data"
        self._land(self._post(path, values, is_multipart), status, path)
        if self.is_hasty:
            again = self._post(path, values, is_multipart)
            assert again.status_code < 500, f"The second press of “{words}” answers {again.status_code}"

    def _post(self, path: str, values: Values, is_multipart: bool):
        if is_multipart:
            return self.client.post(path, _many(values), follow=True)
        return self.client.post(path, urlencode(values), content_type=FORM, follow=True)

    def _link(self, words: str) -> str:
        found = [node for node in self.page.every("a") if node.text == words]
        if len({node.get("href") for node in found}) != 1:
            raise NotFound(f"{len(found)} links “{words}” on {self.path}:\n{self.page.text[:3000]}")
        return urljoin(self.path, found[0].get("href"))

    def follow(self, words: str) -> None:
        self.open(self._link(words))

    def download(self, words: str) -> bytes:
        answer = self.client.get(self._link(words))
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
        return answer.getvalue()

    def look(self, name: str) -> None:
        heads = self.page.every("h1")
        assert len(heads) == 1, f"{name} has {len(heads)} headings of the first level"


def part_name(group: Node) -> str:
    legends = group.every("legend")
    return legends[0].text if legends else ""


def _many(values: Values) -> dict[str, list]:
    sent: dict[str, list] = {}
    for name, value in values:
        file = SimpleUploadedFile(*value) if isinstance(value, tuple) else value
        sent.setdefault(name, []).append(file)
    return sent
