"""Travel documents of nobody, drawn from a seed: what the screening tests and its bench look at.

The layouts are ours and no state's. Zones are built here by their own code, so that a fault in the parser cannot
hide behind the same fault in its test.
"""

import datetime as dt
import random
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

OCR_B = Path(__file__).with_name("fonts") / "OCRB.otf"
DOTS_PER_MM = 300 / 25.4
SIZES_MM = {"TD3": (125, 88), "TD2": (105, 74), "TD1": (85.6, 54), "MRV-A": (120, 80), "MRV-B": (105, 74)}
_SURNAMES = ("HANSEN", "MUELLER", "GARCIA<LOPEZ", "NOWAK", "OKONKWO", "SHEVCHENKO", "AL<MASRI", "VAN<DER<BERG",
             "OEZTUERK", "JOHANSSON", "NGUYEN", "DA<SILVA<SANTOS", "KJAER", "IBRAHIM",
             "KOWALCZYK<WISNIEWSKA")  # fmt: skip
_GIVEN = ("ANNA<MARIA", "JENS", "LUCIA", "PIOTR", "CHIDI<EMEKA", "OLENA", "AMIRA", "WILLEM", "AYSE", "BJOERN",
          "THI<HONG", "JOAO<PEDRO", "SOEREN", "FATIMA", "MAGDALENA<ZOFIA")  # fmt: skip
_STATES = ("UTO", "DNK", "POL", "SWE", "NLD", "ESP", "UKR", "SYR", "TUR", "NGA", "D")


@dataclass(frozen=True)
class Specimen:
    """What is printed, and what a reader must find."""

    layout: str
    lines: tuple[str, ...]
    number: str
    birth_on: str
    expires_on: str
    surname: str
    given_names: str
    state: str
    picture: np.ndarray = field(repr=False, compare=False, default=None)


def check(text: str) -> str:
    total = 0
    for at, one in enumerate(text):
        value = 0 if one == "<" else int(one, 36)
        total += value * (7, 3, 1)[at % 3]
    return str(total % 10)


def make(layout: str, seed: int, **given) -> Specimen:
    """One document. given: number, birth (six characters), expiry, surname, given_names, state."""
    chance = random.Random(f"{layout} {seed}")  # noqa: S311 - the same documents every time
    state = given.get("state", chance.choice(_STATES))
    surname = given.get("surname", chance.choice(_SURNAMES))
    names = given.get("given_names", chance.choice(_GIVEN))
    number = given.get("number", _number(chance))
    born = dt.date(1950, 1, 1) + dt.timedelta(days=chance.randrange(25000))
    ends = dt.date(2027, 1, 1) + dt.timedelta(days=chance.randrange(3000))
    birth, expiry = given.get("birth", f"{born:%y%m%d}"), given.get("expiry", f"{ends:%y%m%d}")
    lines = build(layout, state=state, number=number, birth=birth, expiry=expiry, sex=chance.choice("FM<"),
                  names=f"{surname}<<{names}", personal=given.get("personal", ""))  # fmt: skip
    said = Specimen(layout, lines, number, born.isoformat() if "birth" not in given else birth,
                    ends.isoformat() if "expiry" not in given else expiry,
                    surname.replace("<", " "), names.replace("<", " "), state)  # fmt: skip
    return Specimen(**{**said.__dict__, "picture": _draw(said, chance)})


def _number(chance: random.Random) -> str:
    """Patterns states use: letters in front, digits behind; the letters O, I and Q in none."""
    letters = "ABCEFHJKLMNPRTUVWXYZ"
    pattern = chance.choice(("LDDDDDDDD", "LLDDDDDDD", "DDDDDDDDD", "LLDDDDDD", "LDDDDDDD", "LLLDDDDDD"))
    return "".join(chance.choice(letters) if one == "L" else chance.choice("0123456789") for one in pattern)


def build(layout: str, *, state, number, birth, expiry, sex, names, personal="") -> tuple[str, ...]:
    """The lines of a zone. A number of more than nine characters is split as TD1 and TD2 demand."""
    wide = {"TD3": 44, "MRV-A": 44, "TD2": 36, "MRV-B": 36, "TD1": 30}[layout]
    kind = {"TD3": "P<", "MRV-A": "V<", "MRV-B": "V<", "TD2": "I<", "TD1": "ID"}[layout]
    first, more = number[:9].ljust(9, "<"), number[9:]
    digit, optional = ("<", more + check(number) + "<" + personal) if more else (check(first), personal)
    if layout == "TD1":
        top = kind + state.ljust(3, "<") + first + digit + optional.ljust(15, "<")
        middle = birth + check(birth) + sex + expiry + check(expiry) + state.ljust(3, "<") + "<" * 11
        middle += check(top[5:30] + middle[0:7] + middle[8:15] + middle[18:29])
        return top, middle, names.ljust(30, "<")[:30]
    top = (kind + state.ljust(3, "<") + names).ljust(wide, "<")[:wide]
    low = first + digit + state.ljust(3, "<") + birth + check(birth) + sex + expiry + check(expiry)
    if layout.startswith("MRV"):
        return top, (low + optional).ljust(wide, "<")
    if layout == "TD3":
        low += optional.ljust(14, "<") + (check(optional.ljust(14, "<")) if optional else "<")
    else:
        low += optional.ljust(7, "<")
    return top, low + check(low[0:10] + low[13:20] + low[21:])


def _draw(said: Specimen, chance: random.Random) -> np.ndarray:
    wide, high = (round(edge * DOTS_PER_MM) for edge in SIZES_MM[said.layout])
    tint = tuple(chance.randrange(215, 250) for _ in range(3))
    page = Image.new("RGB", (wide, high), tint)
    brush = ImageDraw.Draw(page)
    _guilloche(brush, wide, high, tint, chance)
    mm = DOTS_PER_MM
    brush.rectangle((5 * mm, 0.2 * high, 5 * mm + 0.24 * wide, 0.2 * high + 0.4 * high), fill=(150, 160, 175))
    brush.ellipse((8 * mm, 0.25 * high, 2 * mm + 0.24 * wide, 0.45 * high), fill=(205, 180, 160))
    label, value = ImageFont.load_default(1.9 * mm), ImageFont.load_default(2.9 * mm)
    x, y = 10 * mm + 0.24 * wide, 0.1 * high
    brush.text((x, 2 * mm), chance.choice(("PASSPORT  PAS", "REISEPASS / PASSPORT", "SPECIMEN")), (30, 40, 90), value)
    for name, text in (("Surname / Nom", said.surname), ("Given names", said.given_names), ("No.", said.number),
                       ("Date of birth", said.birth_on), ("Date of expiry", said.expires_on)):  # fmt: skip
        brush.text((x, y), name, (90, 90, 110), label)
        brush.text((x, y + 2.2 * mm), text, (20, 20, 30), value)
        y += 6.2 * mm if said.layout != "TD1" else 5 * mm
    _zone(brush, said, wide, high, chance)
    return np.asarray(page)[:, :, ::-1].copy()


def _guilloche(brush: ImageDraw.ImageDraw, wide: int, high: int, tint, chance: random.Random) -> None:
    ink = tuple(max(0, part - chance.randrange(12, 30)) for part in tint)
    wave, step = chance.uniform(30, 90), chance.randrange(10, 18)
    for start in range(0, high, step):
        points = [(x, start + 12 * np.sin(x / wave + start / 40)) for x in range(0, wide + 8, 8)]
        brush.line(points, fill=ink, width=1)


def _zone(brush: ImageDraw.ImageDraw, said: Specimen, wide: int, high: int, chance: random.Random) -> None:
    """Ten characters an inch, as ICAO 9303-3 prints them, one by one so that the pitch is exact."""
    mm = DOTS_PER_MM
    font = ImageFont.truetype(str(OCR_B), round(chance.uniform(3.5, 3.9) * mm))
    ink = chance.randrange(10, 60)
    pitch, line_mm = 2.54 * mm, 6.35
    left = (wide - pitch * len(said.lines[0])) / 2 + chance.uniform(-0.5, 0.5) * mm
    top = high - (line_mm * len(said.lines) + 1.5) * mm
    for row, line in enumerate(said.lines):
        for column, one in enumerate(line):
            brush.text((left + column * pitch, top + row * line_mm * mm), one, (ink, ink, ink), font)


def photographed(picture: np.ndarray, seed: int, *, turn: float = 0.0, tilt: float = 0.02, long_edge: int = 1800,
                 margin: float = 0.12) -> np.ndarray:  # fmt: skip
    """The document on a desk: turned by degrees, tilted, a shadow over it. The desk has a grain."""
    chance = np.random.default_rng(seed)
    high, wide = picture.shape[:2]
    edge = margin * wide
    out_wide, out_high = round(wide + 2 * edge), round(high + 2 * edge)
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    to = corners + edge + chance.uniform(-tilt, tilt, (4, 2)).astype(np.float32) * wide
    turning = cv2.getRotationMatrix2D((out_wide / 2, out_high / 2), turn, 1.0)
    to = np.array([turning @ [*point, 1] for point in to], np.float32)
    low, up = to.min(0) - edge * 0.5, to.max(0) + edge * 0.5
    to = (to - low).astype(np.float32)
    out_wide, out_high = (round(float(one)) for one in up - low)
    grain = chance.normal(0, 6, (out_high // 4 + 1, out_wide // 4 + 1, 3))
    desk = cv2.resize(grain, (out_wide, out_high)) + np.array(chance.integers(60, 150, 3))
    move = cv2.getPerspectiveTransform(corners, to)
    laid = cv2.warpPerspective(picture, move, (out_wide, out_high), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full(picture.shape[:2], 255, np.uint8), move, (out_wide, out_high))
    alpha = mask[:, :, None] / 255.0
    shade = np.linspace(chance.uniform(0.82, 1), chance.uniform(0.82, 1), out_wide)[None, :, None]
    seen = (laid * alpha + desk * (1 - alpha)) * shade
    return resized(noisy(np.clip(seen, 0, 255).astype(np.uint8), seed, 3), long_edge)


def resized(picture: np.ndarray, long_edge: int) -> np.ndarray:
    by = long_edge / max(picture.shape[:2])
    if by >= 1:
        return picture
    return cv2.resize(picture, None, fx=by, fy=by, interpolation=cv2.INTER_AREA)


def noisy(picture: np.ndarray, seed: int, much: float) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(0, much, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def blurred(picture: np.ndarray, pitches: float, pitch: float) -> np.ndarray:
    """pitches: sigma as a part of the distance between two characters, which is `pitch` pixels."""
    return cv2.GaussianBlur(picture, (0, 0), pitches * pitch)


def darkened(picture: np.ndarray, light: float, seed: int) -> np.ndarray:
    return noisy((picture * light).astype(np.uint8), seed, 4)


def glared(picture: np.ndarray, at: tuple[float, float], size: float) -> np.ndarray:
    """A lamp mirrored at this place (parts of width and height), `size` a part of the width."""
    high, wide = picture.shape[:2]
    y, x = np.mgrid[0:high, 0:wide]
    far = np.hypot((x - at[0] * wide), (y - at[1] * high) * 1.8) / (size * wide)
    light = np.clip(1.6 - far, 0, 1)[:, :, None] ** 0.7 * 300
    return np.clip(picture + light, 0, 255).astype(np.uint8)


def cut(picture: np.ndarray, *, right: float = 0.0, bottom: float = 0.0, left: float = 0.0) -> np.ndarray:
    """Parts of the width or height that the frame misses."""
    high, wide = picture.shape[:2]
    return picture[: round(high * (1 - bottom)), round(wide * left) : round(wide * (1 - right))]


def as_jpeg(picture: np.ndarray, quality: int = 88) -> bytes:
    """As a camera writes it."""
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def as_pdf(picture: np.ndarray) -> bytes:
    """As a scanner writes it: one page, one picture, no text."""
    import io

    kept = io.BytesIO()
    Image.fromarray(picture[:, :, ::-1]).save(kept, "PDF", resolution=300)
    return kept.getvalue()
