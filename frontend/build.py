"""Join the style sheets and scripts, and draw the sprites. Plain Python: no Node, nothing to install.

    python frontend/build.py            write the files under src/hansa/web/static/hansa
    python frontend/build.py --check    fail when a written file is not fresh

The sprite of icons (Lucide, ISC licence) holds only the names found in templates, Python files and scripts.
"""

import re
import sys
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import lucide

FRONTEND = Path(__file__).resolve().parent
SOURCE = FRONTEND.parent / "src/hansa"
_LUCIDE = Path(lucide.__file__).parent / "lucide.zip"
STATIC = SOURCE / "web/static/hansa"

# Written as icon "name", icon="name", "icon": "name", icon("name"); also sign="name" and after="name".
_ICON = re.compile(r"""\b(?:icon["']?\s*[=:(]?\s*|(?:sign|after)=)["']([a-z][a-z0-9-]*)["']""")
# Anywhere in Python a hyphenated literal that Lucide knows is taken for an icon; of the plain words only these.
_LITERAL = re.compile(r"""["']([a-z]+(?:-[a-z0-9]+)+)["']""")
_PLAIN = {"archive", "flag", "history", "inbox", "lock", "play", "scale", "signature"}
# Names people expect, and what this version of Lucide calls them.
_ALIASES = {"fingerprint": "fingerprint-pattern", "circle-help": "circle-question-mark"}
_LIGHT_DARK = re.compile(r"(--[\w-]+): light-dark\(([^,]+), [^)]+\);")


def stylesheet() -> str:
    """Return all style sheets as one, with a light fallback for browsers that lack ``light-dark()``."""
    text = "\n".join(path.read_text() for path in sorted((FRONTEND / "css").glob("*.css")))
    fallback = ";".join(f"{name}:{light}" for name, light in _LIGHT_DARK.findall(text))
    text += f"\n@supports not (color:light-dark(#000,#fff)){{@layer tokens{{:root{{{fallback}}}}}}}"
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*([{};,>~])\s*", r"\1", text)
    text = re.sub(r"(?<=[\w-]):\s+(?=[^{}]*[;}])", ":", text)
    return text.replace(";}", "}").strip() + "\n"


def _bare(path: Path) -> str:
    """Return a script without indentation and lines that are comments."""
    lines = (line.strip() for line in path.read_text().splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def script() -> str:
    """Return the scripts of every page as one module; each source keeps its own scope."""
    sources = sorted((FRONTEND / "js").glob("*.js"))
    return "\n".join(f"{{\n{_bare(path)}\n}}" for path in sources) + "\n"


def lucide_names() -> set[str]:
    with ZipFile(_LUCIDE) as archive:
        return {Path(name).stem for name in archive.namelist()}


def names_in(paths: list[Path]) -> set[str]:
    """Return the names of icons that files use."""
    texts = {path: path.read_text() for path in paths}
    names = {name for text in texts.values() for name in _ICON.findall(text)}
    literals = {name for path, text in texts.items() if path.suffix == ".py" for name in _LITERAL.findall(text)}
    return names | (literals & lucide_names())


def icon_names() -> dict[str, list[str]]:
    """Return the names of the icons in each sprite: what the frame and the parts use, and what single pages add."""
    web, directory = SOURCE / "web", SOURCE / "hubs"
    core = names_in(
        [
            *(web / "components").glob("*.py"),
            *(web / "templates/frame").glob("*.html"),
            web / "navigation.py",
            # The list of hubs is the heaviest page: it needs one sprite only.
            *(directory / "directory/views").glob("*.py"),
            *(directory / "templates/hubs/directory").glob("*.html"),
        ]
    )
    files = [*SOURCE.rglob("*.html"), *SOURCE.rglob("*.py"), *(FRONTEND / "js").rglob("*.js")]
    return {"icons.svg": sorted(core), "icons-more.svg": sorted((names_in(files) | _PLAIN) - core)}


def unknown_icons() -> list[str]:
    """Return the names used that Lucide does not have."""
    known = lucide_names()
    return [name for names in icon_names().values() for name in names if _ALIASES.get(name, name) not in known]


def icons(sprite: str) -> str:
    """Return a sprite of icons; names that Lucide does not have are left out."""
    symbols = [f'<symbol id="logo" viewBox="0 0 32 32">{_LOGO}</symbol>'] if sprite == "icons.svg" else []
    with ZipFile(_LUCIDE) as archive:
        known = set(archive.namelist())
        for name in icon_names()[sprite]:
            file = f"{_ALIASES.get(name, name)}.svg"
            if file not in known:
                continue
            drawing = archive.read(file).decode()
            inner = re.sub(r"\s+", " ", re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.S)[1])
            inner = inner.replace(" />", "/>").replace("> <", "><").strip()
            symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>')
    return _sprite(symbols)


# Warp and weft of the emblems. Dark ground, two threads each.
_PAIRS = [
    ("#0b6170", "#8fd3dd", "#ffb81c"), ("#5a2608", "#f4a261", "#fde3c8"), ("#1d3a7a", "#8fb0f7", "#fbc9a0"),
    ("#4a1f5c", "#d29bea", "#ffd27d"), ("#39480f", "#a9c24a", "#eef0b8"), ("#0f4a3a", "#6fcfae", "#ffe39a"),
    ("#6b1730", "#f08fa8", "#fde0d6"), ("#33363f", "#9fb3c8", "#f6d58a"), ("#0c3f66", "#6db7e8", "#e6f2c2"),
    ("#5c3a00", "#e7b23c", "#c9e4e7"), ("#1f4d2b", "#86c98f", "#f7cfe0"), ("#44224a", "#b58ad0", "#bfe6dc"),
]  # fmt: skip


def _weave(ground: str, warp: str, weft: str, threads: int, phase: int) -> str:
    """Return crossing threads on a 32 by 32 ground; each crossing is over or under in turn."""
    width = {2: 11.0, 3: 7.6}[threads]
    gap = (32 - threads * width) / (threads + (1 if phase else -1))
    starts = [round((gap if phase else 0) + i * (width + gap), 2) for i in range(threads)]
    rows = "".join(f"M0 {y}h32v{width}h-32z" for y in starts)
    columns = "".join(f"M{x} 0v32h{width}v-32z" for x in starts)
    over = "".join(
        f"M{x} {y}h{width}v{width}h-{width}z"
        for i, x in enumerate(starts)
        for j, y in enumerate(starts)
        if (i + j + phase) % 2
    )
    return (
        (
            f'<path fill="{ground}" d="M0 0h32v32H0z"/><path fill="{weft}" d="{rows}"/>'
            f'<path fill="{warp}" d="{columns}"/><path fill="{weft}" d="{over}"/>'
        )
        .replace(".0v", "v")
        .replace(".0h", "h")
        .replace(".0z", "z")
    )


def emblems() -> str:
    """Return the sprite of emblems ``e0`` to ``e47``; ``hansa.web.components.icons`` picks one for an id."""
    kinds = [
        (ground, *(pair[::-1] if threads == 2 else pair), threads, phase)
        for threads, phase in ((3, 0), (3, 1), (2, 0), (2, 1)) for ground, *pair in _PAIRS
    ]  # fmt: skip
    symbols = [
        f'<symbol id="e{number}" viewBox="0 0 32 32">{_weave(*kind)}</symbol>' for number, kind in enumerate(kinds)
    ]
    return _sprite(symbols)


_LOGO = (
    '<path fill="#0b6170" d="M0 0h32v32H0z"/>'
    '<path fill="#ffb81c" d="M0 7h32v6H0zM0 19h32v6H0z"/>'
    '<path fill="#8fd3dd" d="M4 0h6v19H4zM4 25h6v7H4zM13 0h6v7h-6zM13 13h6v19h-6zM22 0h6v19h-6zM22 25h6v7h-6z"/>'
)


def logo() -> str:
    """Return the mark of Hansa: three threads crossed by two."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{_LOGO}</svg>\n'


def _sprite(symbols: list[str]) -> str:
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


BUILT = {"hansa.css": stylesheet, "hansa.js": script, "emblems.svg": emblems, "logo.svg": logo}
BUILT |= {name: partial(icons, name) for name in ("icons.svg", "icons-more.svg")}
# Modules that hansa.js fetches when a page needs them.
BUILT |= {
    path.name: partial(lambda source: _bare(source) + "\n", path) for path in (FRONTEND / "js/later").glob("*.js")
}


def main(arguments: list[str]) -> int:
    stale = []
    for name, make in BUILT.items():
        path, text = STATIC / name, make()
        if path.exists() and path.read_text() == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.write_text(text)
    problems = [f"Lucide has no icon called {name}." for name in unknown_icons()]
    if stale and "--check" in arguments:
        problems.append(f"Not fresh: {', '.join(stale)}. Run: python frontend/build.py")
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
