"""Where the lines of text lie on a picture, and a straight strip of each."""

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np

from screening.inside import models

FIND_LONG_EDGE = 960
STRIP_HEIGHT = 48
_MAP_MIN, _SCORE_MIN, _GROW = 0.2, 0.4, 1.4
_LINES_MAX = 300
_MEAN = np.array([0.485, 0.456, 0.406], np.float32) * 255
_SPREAD = np.array([0.229, 0.224, 0.225], np.float32) * 255


@dataclass(frozen=True)
class Line:
    """A rectangle around one line of text, in pixels; width runs along the text. angle: degrees, clockwise.

    score: how sure the model is that this is text at all, 0 to 1.
    """

    x: float
    y: float
    width: float
    height: float
    angle: float
    score: float = 1.0

    @property
    def along(self) -> np.ndarray:
        """The unit vector in reading direction."""
        turn = math.radians(self.angle)
        return np.array([math.cos(turn), math.sin(turn)])

    @property
    def ends(self) -> tuple[np.ndarray, np.ndarray]:
        """The middles of the left and the right side."""
        middle, half = np.array([self.x, self.y]), self.along * self.width / 2
        return middle - half, middle + half

    def corners(self) -> np.ndarray:
        """Four points, the upper left first, clockwise."""
        down = np.array([-self.along[1], self.along[0]]) * self.height / 2
        left, right = self.ends
        return np.array([left - down, right - down, right + down, left + down], np.float32)


def find(picture: np.ndarray, long_edge: int = FIND_LONG_EDGE) -> list[Line]:
    """Every line of text on a BGR picture, largest first. Vertical text is told by an angle near 90."""
    height, width = picture.shape[:2]
    scale = min(1.0, long_edge / max(height, width))
    size = tuple(max(32, round(edge * scale / 32) * 32) for edge in (width, height))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    batch = ((small.astype(np.float32) - _MEAN) / _SPREAD).transpose(2, 0, 1)[None]
    likely = models.run(models.models().finder, np.ascontiguousarray(batch))[0, 0]
    found = _rectangles(likely)
    by_x, by_y = width / size[0], height / size[1]
    return sorted((scaled(line, by_x, by_y) for line in found), key=lambda line: -line.width * line.height)


def _rectangles(likely: np.ndarray) -> list[Line]:
    contours, _ = cv2.findContours((likely > _MAP_MIN).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in sorted(contours, key=len, reverse=True)[:_LINES_MAX]:
        middle, (width, height), angle = cv2.minAreaRect(contour)
        if min(width, height) < 2:
            continue
        score = _score(likely, contour)
        if score < _SCORE_MIN:
            continue
        # The model is taught to mark the core of a line only.
        more = width * height * _GROW / (width + height)
        found.append(_lying(Line(*middle, width + more, height + more, angle, score)))
    return found


def _score(likely: np.ndarray, contour: np.ndarray) -> float:
    x, y, width, height = cv2.boundingRect(contour)
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [contour - (x, y)], 1)
    return float(likely[y : y + height, x : x + width][mask > 0].mean())


def _lying(line: Line) -> Line:
    """Width is the longer side, the angle between -90 and 90."""
    if line.width < line.height:
        line = replace(line, width=line.height, height=line.width, angle=line.angle + 90)
    return replace(line, angle=(line.angle + 90) % 180 - 90)


def scaled(line: Line, by_x: float, by_y: float) -> Line:
    """The same line on the picture made larger by these factors."""
    by = math.sqrt(by_x * by_y)
    return replace(line, x=line.x * by_x, y=line.y * by_y, width=line.width * by, height=line.height * by)


def quarter_turns(lines: list[Line]) -> int:
    """1 when the text runs up or down the picture, else 0. Half turns cannot be told from rectangles."""
    long = [line for line in lines if line.width > 3 * line.height]
    upright = sum(line.width for line in long if abs(line.angle) > 45)
    return int(upright > sum(line.width for line in long) / 2)


def turned(lines: list[Line], turns: int, width: int, height: int) -> list[Line]:
    """The same lines after the picture of this size was turned counter-clockwise by quarters (numpy's rot90)."""
    for _ in range(turns % 4):
        lines = [
            replace(line, x=line.y, y=width - line.x, angle=(line.angle - 90 + 180) % 360 - 180) for line in lines
        ]
        width, height = height, width
    return [replace(line, angle=(line.angle + 90) % 180 - 90) for line in lines]


def strip(picture: np.ndarray, line: Line, height: int = STRIP_HEIGHT) -> np.ndarray:
    """The line cut out and laid straight, `height` pixels high."""
    wide, high = max(2, round(line.width)), max(2, round(line.height))
    to = np.array([[0, 0], [wide, 0], [wide, high]], np.float32)
    move = cv2.getAffineTransform(line.corners()[:3], to)
    cut = cv2.warpAffine(picture, move, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    shape = (max(8, round(wide * height / high)), height)
    return cv2.resize(cut, shape, interpolation=cv2.INTER_AREA if high > height else cv2.INTER_CUBIC)
