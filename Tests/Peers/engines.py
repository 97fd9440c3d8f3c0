"""Counts a corpus with other people's engines and holds `agree --json` to one process, byte for byte.

GNU parallel, xargs, Dask bags and Apache Spark (RDD `pipe` and `mapInArrow`, in local mode), with 1, 7 and 64
partitions, empty ones among them, and with a task that fails half-way and is run again. Every engine gets the documents
of the sample corpus, some of them twice, as a retried task would give them.

usage: engines.py GAINSAY WORKSPACE (a copy: it may be written to) [ENGINE...]
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from peers import Gainsay, finish

gainsay = Gainsay(sys.argv[1:3])
chosen = sys.argv[3:]
differences, summary = [], []
partitions = (1, 7, 64)

folder = Path(tempfile.mkdtemp())
plan = folder / "plan.json"
program = str(gainsay.program)
tally = [program, "tally", "--plan", str(plan)]


def call(command, given=b""):
    return subprocess.run(command, input=given, capture_output=True, check=True, env={}).stdout


plan.write_bytes(call([program, "tally", "--plan-from", str(gainsay.workspace)]))
documents = gainsay.output("export", "jsonl", "--grouped").splitlines()
whole = gainsay.output("agree", "--json").encode()


def check(name, lines):
    """Merges what an engine counted and compares the page with that of one process."""
    merged = call([program, "tally", "--merge"], lines)
    found = call([program, "agree", "--from-tallies", "-", "--plan", str(plan), "--json"], merged)
    if found != whole:
        differences.append(f"{name}: other bytes than one process")
    summary.append(f"{name}: {len(merged.splitlines())} documents, {len(merged)} bytes")


def in_parts(count):
    """The documents dealt to files, one of them to two files; some files stay empty."""
    parts = folder / f"parts-{count}"
    parts.mkdir(exist_ok=True)
    for number in range(count):
        own = documents[number::count] + (documents[:1] if number == count - 1 else [])
        (parts / f"{number}.jsonl").write_text("".join(line + "\n" for line in own), "utf-8")
    return sorted(parts.glob("*.jsonl"))


def count_lines(lines):
    """What a worker without an engine's own pipe does."""
    given = "".join(line.rstrip("\n") + "\n" for line in lines).encode()
    return call(tally, given).decode().splitlines()


def run_parallel():
    if "GNU" not in subprocess.run(["parallel", "--version"], capture_output=True, text=True).stdout:
        return summary.append("GNU parallel: left out, another program has its name")
    given = "".join(line + "\n" for line in documents + documents[:1]).encode()
    for block in ("60k", "1M"):
        command = ["parallel", "--pipe", "--block", block, "-j", "2", *tally]
        found = subprocess.run(command, input=given, capture_output=True, check=True).stdout
        check(f"GNU parallel --block {block}", found)


def run_xargs():
    for count in partitions:
        names = "".join(f"{part}\n" for part in in_parts(count)).encode()
        worker = f'exec "{program}" tally --plan "{plan}" < "$1" > "$1.tally"'
        subprocess.run(["xargs", "-P", "4", "-I{}", "sh", "-c", worker, "sh", "{}"], input=names, check=True)
        check(f"xargs -P 4, {count} files", b"".join(part.with_suffix(".jsonl.tally").read_bytes() for part in in_parts(count)))


def run_dask():
    import dask.bag

    for count in partitions:
        paths = [str(part) for part in in_parts(count)]
        bag = dask.bag.read_text(paths).map_partitions(count_lines)
        lines = bag.compute(scheduler="threads")
        check(f"Dask bag, {bag.npartitions} partitions", "".join(line + "\n" for line in lines).encode())


def failing_worker():
    """A program that writes half of its output and fails, the first time that it is run on a part with documents."""
    mark, worker = folder / "failed", folder / "worker"
    worker.write_text(
        f"""#!/bin/sh
PATH=/usr/bin:/bin
"{program}" tally --plan "{plan}" > "{folder}/out.$$" || exit 3
if [ -s "{folder}/out.$$" ] && mkdir "{mark}" 2> /dev/null; then
  head -c 1000 "{folder}/out.$$"
  exit 3
fi
exec cat "{folder}/out.$$"
""",
        "utf-8",
    )
    worker.chmod(0o755)
    return worker, mark


def run_spark():
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2,4]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .appName("gainsay")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    context = session.sparkContext
    command = " ".join(tally)
    for count in partitions:
        lines = context.parallelize(documents, count).pipe(command, checkCode=True).collect()
        check(f"Spark {session.version} pipe, {count} partitions", "".join(line + "\n" for line in lines).encode())
    paths = [str(part) for part in in_parts(7)]
    lines = context.textFile(",".join(paths)).pipe(command, checkCode=True).collect()
    check("Spark textFile and pipe, a document in two files", "".join(line + "\n" for line in lines).encode())
    worker, mark = failing_worker()
    lines = context.parallelize(documents, 7).pipe(str(worker), checkCode=True).collect()
    if not mark.exists():
        differences.append("Spark: the worker did not fail")
    check("Spark pipe, a task that fails and is run again", "".join(line + "\n" for line in lines).encode())

    def count_batches(batches):
        import pyarrow

        lines = [line for batch in batches for line in batch.column(0).to_pylist()]
        yield pyarrow.RecordBatch.from_pydict({"tally": count_lines(lines)}, pyarrow.schema([("tally", pyarrow.string())]))

    for count in partitions:
        frame = session.createDataFrame([(line,) for line in documents], "document string").repartition(count)
        rows = frame.mapInArrow(count_batches, "tally string").collect()
        check(f"Spark mapInArrow, {count} partitions", "".join(row.tally + "\n" for row in rows).encode())
    session.stop()


engines = {"parallel": run_parallel, "xargs": run_xargs, "dask": run_dask, "spark": run_spark}
for name, run in engines.items():
    if name in chosen or not chosen:
        run()
shutil.rmtree(folder)
print("\n".join(summary))
finish(differences, f"{len(summary)} checks, {len(differences)} differences")
