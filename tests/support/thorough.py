"""Whether this run is ./dev check: larger numbers, and every way of a journey instead of one."""

import os

THOROUGH = os.environ.get("KLARSAG_CHECK") == "1"
