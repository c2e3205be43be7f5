"""Draw the land of the directory's map once, from Natural Earth's shapes (public domain, 1:50 million).

    python frontend/make_map.py countries-50m.json.gz        (from the npm package world-atlas)

Writes ``europe.svg``: the symbol ``land`` with one path per country (id: ISO 3166 code), and one symbol per outermost
region. Shared borders are thinned once, so neighbours still fit. A country too small for the tolerance keeps its full
shape and grows to a least size: Malta stays on the map. Natural Earth draws who controls a place; where the United
Nations see it otherwise (Crimea, Northern Cyprus) the place is joined to the country it belongs to.
"""

import gzip
import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src/hansa"
TARGET = SOURCE / "web/static/hansa/europe.svg"
# Loaded by its path: the room around it wants Django set up, this formula does not.
_spec = spec_from_file_location("projection", SOURCE / "hubs/directory/queries/projection.py")
projection = module_from_spec(_spec)
sys.modules["projection"] = projection
_spec.loader.exec_module(projection)
INSETS, SIZE, Inset, on_plane = projection.INSETS, projection.SIZE, projection.Inset, projection.on_plane

TOLERANCE = 1.2  # units of the picture
LEAST_ISLAND = 10.0  # square units; smaller islands are left out, unless they are all a country has
LEAST_EXTENT = 5.0  # units; a smaller country is enlarged to this
MARGIN = 4.0

CODES = {
    "008": "AL", "012": "DZ", "020": "AD", "031": "AZ", "040": "AT", "051": "AM", "056": "BE", "070": "BA", "100": "BG",
    "112": "BY", "191": "HR", "196": "CY", "203": "CZ", "208": "DK", "233": "EE", "234": "FO", "246": "FI", "248": "AX",
    "250": "FR", "268": "GE", "276": "DE", "300": "GR", "304": "GL", "348": "HU", "352": "IS", "368": "IQ", "364": "IR",
    "372": "IE", "376": "IL", "380": "IT", "398": "KZ", "400": "JO", "422": "LB", "428": "LV", "434": "LY", "438": "LI",
    "440": "LT", "442": "LU", "470": "MT", "492": "MC", "498": "MD", "499": "ME", "504": "MA", "528": "NL", "578": "NO",
    "616": "PL", "620": "PT", "642": "RO", "643": "RU", "674": "SM", "688": "RS", "703": "SK", "705": "SI", "724": "ES",
    "752": "SE", "756": "CH", "760": "SY", "788": "TN", "792": "TR", "804": "UA", "807": "MK", "818": "EG", "826": "GB",
    "831": "GG", "832": "JE", "833": "IM",
}  # fmt: skip
NAMES = {"Kosovo": "XK", "N. Cyprus": "CY"}
# Where networks of hubs have no members: drawn fainter.
BEYOND = {"AZ", "BY", "DZ", "EG", "GL", "IQ", "IR", "JO", "KZ", "LB", "LY", "MA", "RU", "SY", "TN"}
CRIMEA = (32.0, 37.0, 44.2, 46.3)  # west, east, south, north
OVERSEAS = {"250", "620", "724", "663", "652", "534", "740", "076"}

Point = tuple[float, float]


def decoded(topology: dict) -> list[list[Point]]:
    """Return the arcs as degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def thinned(points: list[Point], tolerance: float) -> list[Point]:
    """Return ``points`` without those nearer than ``tolerance`` to the line through their neighbours (Douglas-Peucker)."""
    if len(points) < 3:
        return points
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5

    def distance(point: Point) -> float:
        x, y = point
        if length < 1e-9:
            return ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
        return abs((y2 - y1) * x - (x2 - x1) * y + x2 * y1 - y2 * x1) / length

    far = max(range(1, len(points) - 1), key=lambda i: distance(points[i]))
    if distance(points[far]) <= tolerance:
        return [points[0], points[-1]]
    return thinned(points[: far + 1], tolerance)[:-1] + thinned(points[far:], tolerance)


def ring(indices: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Return one closed line joined from arcs; a negative index runs backwards."""
    points: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1 if points else 0 :]
    return points


def area(points: list[Point]) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True))) / 2


def clipped(points: list[Point], low: float, high: float) -> list[Point]:
    """Return the part of a polygon inside the square (Sutherland-Hodgman)."""
    for axis, limit, keep_below in ((0, low, False), (0, high, True), (1, low, False), (1, high, True)):
        kept: list[Point] = []
        for here, there in zip(points, points[1:] + points[:1], strict=True):
            inside, next_inside = ((p[axis] <= limit) == keep_below for p in (here, there))
            if inside:
                kept.append(here)
            if inside != next_inside:
                share = (limit - here[axis]) / (there[axis] - here[axis])
                kept.append((here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])))
        points = kept
        if not points:
            break
    return points


def drawn(points: list[Point], digits: int = 0) -> str:
    """Return a closed path in relative steps, rounded to ``digits``, without steps of no length."""
    unit = 10**digits
    steps, last = [], (0, 0)
    for number, (x, y) in enumerate(points):
        here = (round(x * unit), round(y * unit))
        step = (here[0] - last[0], here[1] - last[1])
        last = here
        if number and step == (0, 0):
            continue
        text = " ".join(
            f"{part / unit:g}".replace("0.", ".", 1) if abs(part) < unit else f"{part / unit:g}" for part in step
        )
        steps.append(text.replace(" -", "-"))
    return f"M{steps[0]}l{' '.join(steps[1:]).replace(' -', '-')}z" if len(steps) > 3 else ""


def enlarged(points: list[Point]) -> list[Point]:
    """Return a small shape grown around its middle to LEAST_EXTENT."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    extent = max(max(xs) - min(xs), max(ys) - min(ys))
    factor = max(1.0, LEAST_EXTENT / max(extent, 1e-6))
    x0, y0 = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return [(x0 + (x - x0) * factor, y0 + (y - y0) * factor) for x, y in points]


def polygons(geometry: dict) -> list[list[list[int]]]:
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def is_within(points: list[Point], box: tuple[float, float, float, float]) -> bool:
    west, east, south, north = box
    return all(west <= x <= east and south <= y <= north for x, y in points)


def by_country(geometries: list[dict], degrees: list[list[Point]]) -> dict[str, list[list[int]]]:
    """Return the outer rings of each country."""
    rings: dict[str, list[list[int]]] = {}
    for geometry in geometries:
        code = CODES.get(geometry.get("id", ""), NAMES.get(geometry["properties"]["name"]))
        for outline, *_ in polygons(geometry) if code else ():
            owner = "UA" if code == "RU" and is_within(ring(outline, degrees), CRIMEA) else code
            rings.setdefault(owner, []).append(outline)
    return {code: joined(outlines, degrees) if code in {"UA", "CY"} else outlines for code, outlines in rings.items()}


def joined(outlines: list[list[int]], degrees: list[list[Point]]) -> list[list[int]]:
    """Return rings with the arcs between them taken out and the ends tied together again."""
    every = [index for outline in outlines for index in outline]
    left = [index for index in every if ~index not in every]
    tied = []
    while left:
        chain = [left.pop(0)]
        while True:
            points = ring(chain, degrees)
            following = next((index for index in left if ring([index], degrees)[0] == points[-1]), None)
            if points[0] == points[-1] or following is None:
                break
            left.remove(following)
            chain.append(following)
        tied.append(chain)
    return tied


def country(outlines: list[list[int]], full: list[list[Point]], thin: list[list[Point]]) -> str:
    """Return the path of one country: its larger islands, or its largest one enlarged when it is tiny."""
    sizes = [(area(clipped(ring(outline, full), -MARGIN, SIZE + MARGIN)), outline) for outline in outlines]
    path = ""
    for rank, (size, outline) in enumerate(sorted(sizes, reverse=True)):
        if size <= 0 or (rank and size < LEAST_ISLAND):
            continue
        points = enlarged(ring(outline, full)) if size < LEAST_ISLAND * 2 else ring(outline, thin)
        path += drawn(clipped(points, -MARGIN, SIZE + MARGIN))
    return path


def land(geometries: list[dict], degrees: list[list[Point]]) -> str:
    """Return the paths of the countries around the picture."""
    full = [[on_plane(latitude, longitude) for longitude, latitude in arc] for arc in degrees]
    thin = [thinned(arc, TOLERANCE) for arc in full]
    lines = []
    for code, outlines in sorted(by_country(geometries, degrees).items()):
        if path := country(outlines, full, thin):
            faint = ' opacity=".5"' if code in BEYOND else ""
            lines.append(f'<path id="{code}" d="{path}"{faint}/>')
    return "\n".join(lines)


def inset_land(inset: Inset, geometries: list[dict], degrees: list[list[Point]]) -> str:
    """Return the path of an outermost region."""
    path = ""
    for geometry in geometries:
        if geometry.get("id") not in OVERSEAS:
            continue
        for rings in polygons(geometry):
            outline = [inset.place(latitude, longitude) for longitude, latitude in ring(rings[0], degrees)]
            inside = clipped(outline, -2, Inset.WIDTH + 2)
            if inside and min(y for _, y in inside) < Inset.HEIGHT:
                path += drawn(thinned_ring(inside))
    return path


def thinned_ring(points: list[Point]) -> list[Point]:
    half = len(points) // 2
    return thinned(points[: half + 1], TOLERANCE)[:-1] + thinned(points[half:], TOLERANCE)


def main(source: Path) -> None:
    topology = json.loads(gzip.decompress(source.read_bytes()))
    geometries, degrees = topology["objects"]["countries"]["geometries"], decoded(topology)
    symbols = [f'<symbol id="land" viewBox="0 0 {SIZE:g} {SIZE:g}">\n{land(geometries, degrees)}\n</symbol>']
    for key, inset in INSETS.items():
        path = inset_land(inset, geometries, degrees)
        if not path:
            sys.exit(f"Nothing to draw for {key}.")
        symbols.append(f'<symbol id="{key}" viewBox="0 0 {Inset.WIDTH:g} {Inset.HEIGHT:g}"><path d="{path}"/></symbol>')
    text = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    TARGET.write_text(text)
    sys.stdout.write(f"{len(text) / 1024:.1f} KB, {len(gzip.compress(text.encode(), 9)) / 1024:.1f} KB compressed\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
