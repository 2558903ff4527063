"""`./dev` itself: one address, two children."""

import contextlib
import fcntl
import os
import socket
import time
import urllib.error
import urllib.request

from devkit import house
from devkit.children import Child, Stop, ensure_alive, watch
from devkit.places import ROOT, VAR, VENV, VENV_PYTHON
from devkit.plainly import Trouble, say

FIRST_PORT = 8000
PORTS_TRIED = 200
READY_WITHIN_SECONDS = 60


def serve() -> None:
    """Run web and worker until Ctrl-C. Set-up has been done before."""
    began_at = time.monotonic()
    if not (ROOT / "app.py").exists():
        raise Trouble("There is no app.py here yet, so there is nothing to start.")
    stop = Stop()
    with held("running", otherwise="Klarsag already runs from this folder: stop it first, or use its address."):
        host, port = os.environ.get("HOST", "127.0.0.1"), _free_port()
        base_url = os.environ.get("BASE_URL") or f"http://localhost:{port}"
        children = _start(host, port, base_url)
        _wait_until_it_answers(port, children, stop)
        if not stop.times:
            _welcome(base_url, time.monotonic() - began_at)
        watch(children, stop)


def _start(host: str, port: int, base_url: str) -> list[Child]:
    environ = {"BASE_URL": base_url, "KLARSAG_PRODUCTION": os.environ.get("KLARSAG_PRODUCTION", "no")}
    environ["PYTHONUNBUFFERED"] = "1"
    web = [VENV / "bin" / "gunicorn", "--bind", f"{host}:{port}", "app:create_app()"]
    children = [Child("web server", web, environ)]
    if (ROOT / "worker.py").exists():
        children.append(Child("worker", [VENV_PYTHON, ROOT / "worker.py"], environ))
    return children


def _wait_until_it_answers(port: int, children: list[Child], stop: Stop) -> None:
    patience_ends_at = time.monotonic() + READY_WITHIN_SECONDS
    try:
        while not stop.times and not _answers(port):
            ensure_alive(children)
            if time.monotonic() > patience_ends_at:
                raise Trouble(f"The web server did not answer within {READY_WITHIN_SECONDS} seconds: see above.")
            time.sleep(0.03)
    except Trouble:
        stop.times += 1
        watch(children, stop)
        raise


def _answers(port: int) -> bool:
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
            f"http://127.0.0.1:{port}/healthz", timeout=5
        ):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _welcome(base_url: str, seconds: float) -> None:
    say(f"\nKlarsag is at {base_url} (it took {seconds:.1f} s to start; Ctrl-C stops it)")
    logins = house.demo_logins()
    if logins:
        say(f"\n{logins.rstrip()}")


def _free_port() -> int:
    asked = os.environ.get("PORT")
    if asked:
        if not asked.isdigit() or not _is_free(int(asked)):
            raise Trouble(f"PORT={asked} cannot be used: it is taken or not a port; leave PORT out to get a free one.")
        return int(asked)
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        if _is_free(port):
            return port
    raise Trouble(f"No port from {FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1} is free: set PORT to one that is.")


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((os.environ.get("HOST", "127.0.0.1"), port))
        except (OSError, OverflowError):
            return False
    return True


@contextlib.contextmanager
def held(name: str, *, otherwise: str | None = None):
    """Hold a lock file in var while the block runs; the kernel gives it back however the process ends.

    otherwise: raised as Trouble if somebody else holds it; without it we wait.
    """
    path = VAR / f"{name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (fcntl.LOCK_NB if otherwise else 0))
        except BlockingIOError:
            raise Trouble(otherwise) from None
        yield
