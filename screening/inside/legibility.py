"""How readable the text of a picture is, measured on the text alone: desks and backgrounds would drown it."""

from dataclasses import dataclass

import cv2
import numpy as np

from screening.inside.lines import STRIP_HEIGHT, Line, strip

_MEASURED_MAX = 24
_SATURATED = 250
_HEIGHT_MAX, _CONTRAST_MIN = 0.07, 18
# Paper may be white; a lamp has no paper's grain and a soft edge.
_GLARE_SIDE = 15


@dataclass(frozen=True)
class Legibility:
    """sharp: steepest edges of the text against its own contrast, 0 to 1. light: brightness of the paper behind
    the text, 0 to 255. contrast: paper against ink, 0 to 255. glare: largest burnt-out blob touching the text, as a
    part of the text's area. text_height: pixels of a typical line. at_edge: parts of lines that leave the frame.
    """

    lines: int
    sharp: float = 0.0
    light: float = 0.0
    contrast: float = 0.0
    glare: float = 0.0
    text_height: float = 0.0
    at_edge: float = 0.0
    edges: tuple[str, ...] = ()


def measure(picture: np.ndarray, found: list[Line]) -> Legibility:
    """The figures for these lines of a BGR picture; without a line those of the whole, to tell blur from blank."""
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    lines = _text_like(picture, found)
    if not lines:
        whole = cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        return Legibility(0, *_figures(whole))
    figures = np.array([_figures(strip(gray, line)) for line in lines])
    weights = np.array([line.width * line.height for line in lines])
    sharp, light, contrast = (_weighted_median(figures[:, column], weights) for column in range(3))
    height = _weighted_median([line.height for line in lines], weights)
    leaving = [(line, edges) for line in lines if (edges := _edges_met(line, gray.shape))]
    return Legibility(
        len(found), sharp, light, contrast, _glare(gray, lines), height,
        sum(line.width for line, _ in leaving) / sum(line.width for line in lines),
        tuple(sorted({edge for _, edges in leaving for edge in edges})),
    )  # fmt: skip


def _text_like(picture: np.ndarray, found: list[Line]) -> list[Line]:
    """In a blurred picture the finder also marks large soft shapes; they would outweigh the text."""
    long = [line for line in found if line.width > 1.5 * line.height]
    low = [line for line in long if line.height < _HEIGHT_MAX * max(picture.shape)]
    return low[:_MEASURED_MAX]


def _figures(crop: np.ndarray) -> tuple[float, float, float]:
    crop = crop.astype(np.float32)
    dark, light = np.percentile(crop, (4, 85))
    contrast = max(float(light - dark), 1.0)
    if contrast < _CONTRAST_MIN:
        # Grain divided by next to nothing looks sharp.
        return 0.0, float(light), contrast
    slopes = np.abs(np.diff(crop, axis=1)) / contrast
    return float(np.percentile(slopes, 97)), float(light), contrast


def _weighted_median(values, weights) -> float:
    order = np.argsort(values)
    total = np.cumsum(np.asarray(weights)[order])
    return float(np.asarray(values)[order][np.searchsorted(total, total[-1] / 2)])


def _glare(gray: np.ndarray, lines: list[Line]) -> float:
    """Blobs of pure white that cover or cut the text, larger than the white between letters."""
    by = STRIP_HEIGHT / 2 / max(8.0, float(np.median([line.height for line in lines])))
    small = cv2.resize(gray, None, fx=min(1.0, by), fy=min(1.0, by), interpolation=cv2.INTER_AREA)
    white = (small >= _SATURATED).astype(np.uint8)
    white = cv2.morphologyEx(white, cv2.MORPH_OPEN, np.ones((_GLARE_SIDE, _GLARE_SIDE), np.uint8))
    if not white.any() or white.mean() > 0.5:
        return 0.0
    hull = np.zeros_like(white)
    points = np.concatenate([line.corners() for line in lines]) * min(1.0, by)
    cv2.fillConvexPoly(hull, cv2.convexHull(points.astype(np.int32)), 1)
    count, marks = cv2.connectedComponents(white)
    inside = marks[hull > 0]
    largest = max((int((inside == mark).sum()) for mark in range(1, count)), default=0)
    return largest / max(1, int(hull.sum()))


def _edges_met(line: Line, shape: tuple[int, int]) -> tuple[str, ...]:
    """The edges of the frame this line runs into. Lines that lie along an edge with their side only do not count."""
    high, wide = shape
    near = 0.3 * line.height
    met = []
    for x, y in (end.tolist() for end in line.ends):
        met += ["left"] * (x < near) + ["right"] * (x > wide - near)
        met += ["top"] * (y < near) + ["bottom"] * (y > high - near)
    return tuple(met)
