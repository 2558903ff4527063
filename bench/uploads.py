"""What an upload costs: CPU in the web process and in the child, and throughput against the bare parts.

Run: .venv/bin/python -m bench.uploads [folder of files]
Prints one line a figure. Ratios of one run can be compared between machines; absolute numbers cannot.
A folder adds a table of outcomes over its files, with the slowest and the largest child.
"""

import collections
import hashlib
import io
import os
import resource
import shutil
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from PIL import Image
from werkzeug.formparser import FormDataParser

from uploads import inspection, intake, pictures
from uploads.forkserver import ForkServer
from uploads.inspection import Limits
from uploads.multipart import stream_factory
from uploads.storage import CHUNK_BYTES, Store
from web.form_parser import FormParser

ROUNDS = 60
BIG_BYTES = 20 * 1024 * 1024
LINE = "----WebKitFormBoundary7MA4YWxkTrZu0gW"


class Meter:
    """Runs jobs on a fork server and adds up what the children cost."""

    def __init__(self):
        self.server = ForkServer()
        self.outcomes = []

    def run(self, job, fd, output_fd=None):
        outcome = self.server.run(job, fd, output_fd)
        self.outcomes.append(outcome)
        return outcome

    @property
    def child_seconds(self):
        return sum(outcome.cpu_seconds for outcome in self.outcomes)


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def half_megabyte_pdf() -> bytes:
    content = os.urandom(490_000)
    head = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    head += b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    head += b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n"
    places = [head.index(b"%d 0 obj" % number) for number in (1, 2, 3)] + [len(head)]
    body = head + b"4 0 obj\n<</Length %d>>stream\n" % len(content) + content + b"\nendstream\nendobj\n"
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 5\n0000000000 65535 f \n" + rows + b"trailer\n<</Size 5/Root 1 0 R>>\n"
    return body + table + b"startxref\n%d\n%%%%EOF\n" % len(body)


def half_megabyte_photo() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(out, "JPEG", quality=60)
    return out.getvalue()


def intake_cost(name: str, content: bytes, store: Store, meter: Meter) -> None:
    inspector = partial(inspection.report_on, meter)
    intake.receive(io.BytesIO(content), claimed_name=name, limits=Limits(), store=store, inspector=inspector)
    meter.outcomes.clear()
    begun, cpu = time.perf_counter(), cpu_seconds()
    for _ in range(ROUNDS):
        intake.receive(io.BytesIO(content), claimed_name=name, limits=Limits(), store=store, inspector=inspector)
    wall, cpu = time.perf_counter() - begun, cpu_seconds() - cpu
    per = 1000 / ROUNDS
    print(
        f"intake of {name} ({len(content) / 1e6:.2f} MB): web process {cpu * per:.2f} ms CPU, "
        f"child {meter.child_seconds * per:.2f} ms CPU, {wall * per:.2f} ms from end to end"
    )


def raw(content: bytes, folder: Path) -> None:
    """Read, hash, write and fsync: the least a store can do."""
    digest, stream = hashlib.sha256(), io.BytesIO(content)
    path = folder / "raw"
    with path.open("wb", buffering=0) as file:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
            file.write(chunk)
        os.fsync(file.fileno())
    path.unlink()


def into_quarantine(content: bytes, store: Store) -> None:
    incoming, stream = store.incoming(max_bytes=BIG_BYTES * 2), io.BytesIO(content)
    while chunk := stream.read(CHUNK_BYTES):
        incoming.write(chunk)
    incoming.finish()
    incoming.discard()


def form(body: bytes, factory=None) -> None:
    parser = FormParser(stream_factory=factory, max_form_memory_size=256 * 1024) if factory else FormDataParser()
    _, _, sent = parser.parse(io.BytesIO(body), "multipart/form-data", len(body), {"boundary": LINE})
    if factory:
        sent["file"].stream.finish()
    sent["file"].close()


def best_cost(work, rounds=7) -> tuple[float, float]:
    """Seconds from end to end, and seconds of CPU, of the best rounds."""
    walls, cpus = [], []
    for _ in range(rounds):
        begun, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - begun)
        cpus.append(time.process_time() - cpu)
    return min(walls), min(cpus)


def throughput(store: Store, folder: Path) -> None:
    content = os.urandom(BIG_BYTES)
    head = f'--{LINE}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'.encode()
    body = head + content + f"\r\n--{LINE}--\r\n".encode()
    factory = stream_factory(store, max_bytes=BIG_BYTES * 2)
    compare(
        ("raw body: read, hash, write, fsync", lambda: raw(content, folder)),
        ("raw body into quarantine", lambda: into_quarantine(content, store)),
    )
    compare(
        ("multipart: Werkzeug alone (no hash, no fsync)", lambda: form(body)),
        ("multipart straight into quarantine", lambda: form(body, factory)),
    )


def compare(bare, ours) -> None:
    (bare_name, bare_work), (our_name, our_work) = bare, ours
    (bare_wall, bare_cpu), (our_wall, our_cpu) = best_cost(bare_work), best_cost(our_work)
    rate = BIG_BYTES / 1e6
    print(f"{bare_name}: {rate / bare_wall:.0f} MB/s; {our_name}: {rate / our_wall:.0f} MB/s")
    print(f"  ratio {bare_wall / our_wall:.2f} from end to end, {bare_cpu / our_cpu:.2f} in CPU")


def outcomes_over(folder: Path, store: Store, meter: Meter) -> None:
    counts = collections.Counter()
    costs = []
    for path in sorted(folder.rglob("*.*")):
        if path.suffix.lower() not in (".pdf", ".jpg", ".jpeg", ".png", ".heic", ".heif", ".hif"):
            continue
        meter.outcomes.clear()
        begun = time.perf_counter()
        counts[path.parent.name, outcome_of(path, store, meter)] += 1
        rss = max((outcome.rss_bytes for outcome in meter.outcomes), default=0)
        costs.append((time.perf_counter() - begun, rss, path.name))
    for (where, what), count in sorted(counts.items()):
        print(f"{count:5}  {where:10} {what}")
    for seconds, _, name in sorted(costs, reverse=True)[:5]:
        print(f"slowest: {seconds:.2f} s {name}")
    for _, rss, name in sorted(costs, key=lambda cost: cost[1], reverse=True)[:5]:
        print(f"largest child: {rss / 1e6:.0f} MB {name}")


def outcome_of(path: Path, store: Store, meter: Meter) -> str:
    inspector = partial(inspection.report_on, meter)
    with path.open("rb") as file:
        answer = intake.receive(file, claimed_name=path.name, limits=Limits(), store=store, inspector=inspector)
    if isinstance(answer, intake.Refused):
        return f"refused: {answer.code}"
    made = pictures.make(store, answer.object_key, answer.media_type, answer.sha256, server=meter)
    store.remove(answer.object_key)
    kept = "accepted" if answer.previewable else f"no preview: {answer.no_preview}"
    return f"{kept}, pictures {made.failed or 'made'}"


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="klarsag-bench-"))
    meter = Meter()
    try:
        store = Store(folder / "store")
        print(f"children are shut in by: {meter.server.isolation_level()}")
        intake_cost("a.pdf", half_megabyte_pdf(), store, meter)
        intake_cost("a.jpg", half_megabyte_photo(), store, meter)
        throughput(store, folder)
        for named in sys.argv[1:]:
            outcomes_over(Path(named), store, meter)
    finally:
        meter.server.close()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
