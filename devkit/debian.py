"""The few things Python packages cannot bring, from apt where we are root on Debian or a relative of it."""

import os
import shutil
import sys

from devkit.plainly import Trouble, run, say

QUIETLY = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}


def can_install() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages: str, why: str) -> None:
    """Install by apt, or raise Trouble that names the packages. Says so in one line first."""
    names = " ".join(packages)
    if not can_install():
        raise Trouble(f"{why}, which is missing here: install it (on Debian, as root: apt-get install {names}).")
    say(f"Installing {names} by apt: {why[0].lower()}{why[1:]}.")
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    try:
        run(command, environ=QUIETLY, trouble="first try")
    except Trouble:
        # A new machine has no package lists, an old one lists packages that are gone.
        run(["apt-get", "update"], environ=QUIETLY, trouble="apt-get update failed: check this machine's apt sources")
        run(command, environ=QUIETLY, trouble=f"apt-get install {names} failed: install it by hand, then start again")
