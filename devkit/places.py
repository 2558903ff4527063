"""Where things lie. Everything `./dev` makes is in .venv, node_modules or var, and git ignores all three."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
VAR = ROOT / "var"
LOG = VAR / "log" / "dev.log"
ASSETS = VAR / "assets"
DATABASE = VAR / "klarsag.sqlite3"
DEMO_LOGINS = VAR / "demo-logins.txt"
