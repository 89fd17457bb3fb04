#!/usr/bin/env python3
"""Runs explain.py on a cluster of two executor processes on this machine, kills one of them in the middle, and compares every
row with what one process of xai-tab says of it.

    test_explain.py PROGRAM
"""

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import pyspark  # noqa: E402

os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
import explain  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

ROWS = 8_000


def write_data(path):
    """The heart patients over and over, with numbers of their own, missing cells, and words that need quotes."""
    generator = random.Random(7)
    with open(HERE.parent.parent / "Data/heart.csv", newline="", encoding="utf-8") as file:
        names, *rows = csv.reader(file)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["note", *names])
        for number in range(ROWS):
            row = list(rows[number % len(rows)])
            for column, cell in enumerate(row[:-1]):
                if generator.random() < 0.02:
                    row[column] = ""
                elif cell.replace(".", "").isdigit():
                    row[column] = f"{float(cell) + generator.uniform(-1, 1):.3f}"
            writer.writerow([f'patient "{number}", é', *row])


def executors(application):
    """The processes that are executors of an application, by their number."""
    found = {}
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                words = (process / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if application.encode() in words and b"--executor-id" in words:
                found[int(words[words.index(b"--executor-id") + 1])] = int(process.name)
    return found


class Killer(threading.Thread):
    """Kills an executor when some parts have been explained and others have not."""

    def __init__(self, context):
        super().__init__(daemon=True)
        self.context, self.killed, self.running = context, None, True

    def run(self):
        tracker = self.context.statusTracker()
        while self.running and self.killed is None:
            jobs = [tracker.getJobInfo(job) for job in tracker.getJobIdsForGroup(explain.GROUP)]
            for stage in [stage for job in jobs if job for stage in job.stageIds]:
                facts = tracker.getStageInfo(stage)
                if facts and facts.numCompletedTasks >= 2 and facts.numActiveTasks > 0:
                    number, process = sorted(executors(self.context.applicationId).items())[0]
                    os.kill(process, signal.SIGKILL)
                    self.killed = number, facts.numCompletedTasks, facts.numTasks
                    return
            time.sleep(0.02)


def lines_of(program, arguments):
    """The lines of one process, by row."""
    text = subprocess.run(
        [program, *map(str, arguments), "--format", "ndjson", "--quiet"], check=True, capture_output=True, text=True).stdout
    first, *lines, last = text.splitlines()
    assert "schema" in json.loads(first) and json.loads(last)["rows"] == len(lines)
    return {json.loads(line)["row"]: line for line in lines}


def check(folder, column, expected):
    import pyarrow.parquet as parquet

    table = parquet.read_table(folder).to_pydict()
    assert sorted(table["row"]) == sorted(expected), f"{len(table['row'])} rows, not {len(expected)}"
    others = [row for row, line in zip(table["row"], table[column]) if line != expected[row]]
    assert not others, f"{len(others)} rows are others, the first {others[0]}"
    assert not [name for name in os.listdir(folder) if name.startswith("_temporary")], "a task left something behind"
    return table


def main():
    program = str(Path(sys.argv[1]).resolve())
    work = Path(tempfile.mkdtemp(prefix="xai-tab-spark-"))
    spark = None
    try:
        data, model = work / "rows.csv", work / "heart.onnx"
        write_data(data)
        subprocess.run(
            [program, "train", data, "--drop", "note", "--trees", "20", "--max-depth", "8", "-o", model, "--quiet"], check=True)
        begin = time.monotonic()
        expected = lines_of(program, ["lime", data, "--model", model, "--rows", "all"])
        print(f"one process: {ROWS} rows explained in {time.monotonic() - begin:.1f} s")

        spark = (
            SparkSession.builder.master("local-cluster[2,1,1024]").appName("test")
            .config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1").config("spark.local.dir", str(work / "spark"))
            .config("spark.sql.files.minPartitionNum", "16").config("spark.sql.files.openCostInBytes", "1024")
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", "500").config("spark.log.level", "ERROR")
            .config("spark.ui.showConsoleProgress", "false").getOrCreate())
        killer = Killer(spark.sparkContext)
        killer.start()
        begin = time.monotonic()
        rows = explain.run(spark, data, work / "explained.parquet", model, program, keep=["note"])
        killer.running = False
        killer.join()
        assert rows == ROWS and killer.killed, "no executor was killed"
        number, done, parts = killer.killed
        table = check(work / "explained.parquet", "explanation", expected)
        assert all(note == f'patient "{row - 1}", é' for row, note in zip(table["row"], table["note"]))
        print(f"two executors, number {number} killed after {done} of {parts} parts: the same {rows} lines in "
              f"{time.monotonic() - begin:.1f} s")

        # Parquet with typed columns, predicted; the one process reads the same numbers as text. One file of several groups of
        # rows, since Spark reads the largest of several files first.
        typed = spark.read.csv(str(data), header=True, inferSchema=True, quote='"', escape='"')
        typed.coalesce(1).write.option("parquet.block.size", 1 << 16).parquet(str(work / "rows.parquet"))
        explain.run(spark, work / "rows.parquet", work / "predicted.parquet", model, program, command="predict")
        check(work / "predicted.parquet", "prediction", lines_of(program, ["predict", data, "--model", model]))
        print("Parquet: the same predictions")

        # What is wrong with a row ends the job with the program's own words, and leaves no output.
        lines = data.read_text(encoding="utf-8").splitlines()[:200]
        lines[150] = lines[150].replace(lines[150].split(",")[2], "old", 1)
        (work / "bad.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        try:
            explain.run(spark, work / "bad.csv", work / "bad.parquet", model, program)
            raise AssertionError("a word for a number went through")
        except Exception as error:
            assert 'expected a number, found "old"' in str(error), error
        assert not (work / "bad.parquet" / "_SUCCESS").exists()
        print("a bad row: the job says why it ends")
    finally:
        if spark is not None:
            spark.stop()
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
