"""Cut the interface font down to what the interface uses.

Takes the variable files of Commissioner (SIL Open Font License 1.1) from the npm package
``@fontsource-variable/commissioner`` and writes five small ones: weights 450 to 760 only, and only the OpenType
features the style sheet needs. Outlines are rounded to 1000 units per em and may differ by 2 units (0.03 px in running
text), which saves a sixth. Run by hand when the font changes; the results are committed.

    npm pack @fontsource-variable/commissioner@5.3.0 && tar xzf fontsource-variable-commissioner-5.3.0.tgz
    python -m pip install fonttools brotli        # in a throwaway environment
    python frontend/make_fonts.py package
"""

import sys
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).resolve().parent.parent / "src/hansa/web/static/hansa/fonts"
WEIGHTS = (450, 760)
FEATURES = ["kern", "ccmp", "locl", "mark"]
UNITS_PER_EM = 1000
TOLERANCE = 2  # units by which an outline may differ between two weights
# The Latin file is the one every page loads: the letters of English, German, French, Spanish, Italian, Portuguese, Dutch
# and the Nordic languages, and the punctuation the interface uses. The rest of Latin-1 goes to a file of its own.
LETTERS = "ÀÁÂÄÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜàáâäãåæçèéêëìíîïñòóôöõøœùúûüÿß"
SIGNS = "\u00a0¡£§©«®°²·»¿×–—‘’‚“”„•…\u202f‹›€→−"
LATIN = [*range(0x20, 0x7F), *map(ord, LETTERS + SIGNS)]
LATIN_1 = [code for code in range(0xA0, 0x100) if code not in LATIN]


def reopened(font: TTFont) -> TTFont:
    """Return ``font`` as read back from its own bytes, so that no table is half decoded."""
    font.flavor = None
    buffer = BytesIO()
    font.save(buffer)
    return TTFont(BytesIO(buffer.getvalue()))


def thin_deltas(font: TTFont) -> None:
    """Drop the weight deltas that interpolation gives within TOLERANCE."""
    outlines, metrics = font["glyf"], font["hmtx"].metrics
    for glyph, variations in font["gvar"].variations.items():
        points, control = outlines._getCoordinatesAndControls(glyph, metrics)
        for variation in variations:
            variation.calcInferredDeltas(points, control.endPts)
            variation.roundDeltas()
            composite = control.numberOfContours == -1
            variation.optimize(points, control.endPts, tolerance=TOLERANCE, isComposite=composite)


def cut(source: Path, target: Path, characters: list[int] | None = None) -> None:
    """Write ``target``, a copy of ``source`` with fewer weights, features, units and characters."""
    font = reopened(instantiateVariableFont(TTFont(source), {"wght": WEIGHTS}, inplace=True))
    options = Options()
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 13, 14]
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters or sorted(font.getBestCmap()))
    subsetter.subset(font)
    font = reopened(font)
    scale_upem(font, UNITS_PER_EM)
    font = reopened(font)
    thin_deltas(font)
    font.flavor = "woff2"
    font.save(target)
    sys.stdout.write(f"{target.name}: {target.stat().st_size / 1024:.1f} KB\n")


def main(package: Path) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    files = package / "files"
    cut(files / "commissioner-latin-wght-normal.woff2", TARGET / "commissioner-latin.woff2", LATIN)
    cut(files / "commissioner-latin-wght-normal.woff2", TARGET / "commissioner-latin-1.woff2", LATIN_1)
    for script in ("latin-ext", "greek", "cyrillic"):
        cut(files / f"commissioner-{script}-wght-normal.woff2", TARGET / f"commissioner-{script}.woff2")
    (TARGET / "OFL.txt").write_text((package / "LICENSE").read_text())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
