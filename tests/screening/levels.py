"""The faults a picture of a document can have, each at levels that a person would call clear."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tests.screening import specimens
from tests.screening.specimens import Specimen


@dataclass(frozen=True)
class Level:
    """spoil: specimen and seed to picture. faults: codes of which one must be found; none for usable pictures."""

    name: str
    spoil: Callable[[Specimen, int], np.ndarray]
    faults: tuple[str, ...] = ()


def _photo(made: Specimen, seed: int, **more) -> np.ndarray:
    return specimens.photographed(made.picture, seed, **{"turn": seed * 7 % 13 - 6, **more})


def _pitch(made: Specimen, picture: np.ndarray) -> float:
    """Pixels between two characters of a zone, on a photo with the usual margin."""
    return picture.shape[1] / (specimens.SIZES_MM[made.layout][0] * 1.25) * 2.54


def _blurred(made: Specimen, seed: int) -> np.ndarray:
    picture = _photo(made, seed, turn=0)
    return specimens.blurred(picture, 0.24 + seed % 4 * 0.05, _pitch(made, picture))


def _glare_on_zone(made: Specimen, seed: int) -> np.ndarray:
    picture = _photo(made, seed, turn=0)
    return specimens.glared(picture, (0.3 + seed % 5 * 0.1, 0.8), 0.16)


def _cut(made: Specimen, seed: int) -> np.ndarray:
    """The frame misses the zone's right end, its left end, or its lower lines."""
    picture = _photo(made, seed, turn=0)
    side = ("right", "left", "bottom")[seed % 3]
    return specimens.cut(picture, **{side: 0.2 if side != "bottom" else 0.19})


LEVELS = (
    Level("scan", lambda made, seed: specimens.resized(made.picture, 1900)),
    Level("phone, good light", _photo),
    Level("phone, quarter turns", lambda made, seed: np.rot90(_photo(made, seed), seed % 4).copy()),
    Level("phone, tilted", lambda made, seed: _photo(made, seed, tilt=0.05)),
    Level("phone, dim", lambda made, seed: specimens.darkened(_photo(made, seed), 0.5, seed)),
    Level("phone, small (1000 px)", lambda made, seed: _photo(made, seed, long_edge=1000)),
    Level("phone, glare beside", lambda made, seed: specimens.glared(_photo(made, seed, turn=0), (0.85, 0.22), 0.1)),
    Level("blurred", _blurred, ("blurred",)),
    Level("dark", lambda made, seed: specimens.darkened(_photo(made, seed), 0.16, seed), ("dark",)),
    Level("glare on the zone", _glare_on_zone, ("glare", "zone_unreadable", "zone_unsure", "zone_missing")),
    Level("cut off", _cut, ("cut_off", "zone_missing", "zone_unreadable", "zone_unsure")),
)
