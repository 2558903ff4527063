"""How the web is served, here and in production; gunicorn finds this by itself. Only the address is given beside."""

import gc
import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
preload_app = True  # One import instead of one per worker. create_app() must open no connection and start no thread.

timeout = 60  # A worker that says nothing for this long is replaced.
graceful_timeout = 10  # Requests under way may finish when we stop.
keepalive = 5
max_requests = 20_000  # A slow leak never grows old ...
max_requests_jitter = 2_000  # ... and the workers never leave together.

control_socket_disable = True  # It would write outside the project.
# The heartbeat file: on a disk that stalls, healthy workers would be taken for dead.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - gunicorn opens it safely

accesslog = None  # Addresses hold file references; the app logs what may be logged.
errorlog = "-"
loglevel = "warning"


def when_ready(_server):
    """What is loaded stays: set aside, the collector neither walks it nor touches the pages that workers share."""
    gc.collect()
    gc.freeze()


def post_fork(_server, _worker):
    """A page makes thousands of small things that die with it: looking for circles after each 700 is wasted."""
    gc.set_threshold(20_000, 20, 20)
