"""The machine-readable zone of travel documents (ICAO 9303), without a picture: layouts, check digits, mending."""
