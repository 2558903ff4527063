"""QR codes, drawn by us."""

from __future__ import annotations

import segno


def qr_data(text: str) -> str:
    """An SVG picture as a data address. Holds the file reference only, which opens nothing by itself."""
    # One pattern for all: trying out eight takes ten times as long, and readers do not mind.
    return segno.make(text, error="m", micro=False, mask=0).svg_data_uri(scale=6, border=2)
