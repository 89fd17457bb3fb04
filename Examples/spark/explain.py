#!/usr/bin/env python3
"""Explains, or predicts, the rows of a large CSV or Parquet data set on Apache Spark, and writes Parquet.

    spark-submit explain.py big.csv explained.parquet --model heart.onnx
    spark-submit explain.py hdfs:///rows.parquet hdfs:///answers.parquet --model heart.onnx --command predict --keep id
    spark-submit explain.py big.csv out.parquet --model heart.onnx -- --class all --features 5

The job ships two files to the executors: the program `xai-tab` and the model. Each task runs the program on one part of the
rows, tells it which number its first row has, and checks that every row came back, in order. So each row has the numbers that
one process would have given it, and its `explanation` is, byte for byte, the line of

    xai-tab lime big.csv --model heart.onnx --rows all --format ndjson

Nothing is written but by Spark's own committer: a task that fails or is lost is run again, and leaves nothing behind.

The output has the columns `row` (the number of the row, from 1, in the order in which Spark reads the data: of several files, the
largest first), those of --keep, and `explanation`, or `prediction`, as JSON.
"""

import argparse
import collections
import csv
import queue
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from pyspark import SparkFiles, TaskContext
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import LongType, StringType, StructField, StructType

ROWS = ["--rows", "all"]
# What the jobs that run xai-tab are called.
GROUP = "xai-tab"


class Program:
    """xai-tab at work: takes rows as CSV on its standard input and gives a line for each."""

    def __init__(self, words):
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        self.lines = queue.SimpleQueue()
        self.errors = collections.deque(maxlen=5)
        self.readers = [threading.Thread(target=self._read, daemon=True), threading.Thread(target=self._listen, daemon=True)]
        for reader in self.readers:
            reader.start()
        self.writer = csv.writer(self.process.stdin, lineterminator="\n")

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def _listen(self):
        self.errors.extend(self.process.stderr)

    def write(self, records):
        """Hands records over. A program that has ended says why when its lines are asked for."""
        try:
            self.writer.writerows(records)
        except BrokenPipeError:
            pass

    def close_input(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass

    def ready(self, wait):
        """The next line; None where there is none yet, or where the program has ended, which `wait` waits for."""
        try:
            return self.lines.get(block=wait)
        except queue.Empty:
            return None

    def finish(self):
        status = self.process.wait()
        for reader in self.readers:
            reader.join()
        if status != 0:
            raise RuntimeError(f"xai-tab ended with status {status}: {''.join(self.errors).strip()}")

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def rows_of(firsts, counts, names, keep, program, model, options):
    """The function that Spark calls for each part of the rows."""

    def explain(frames):
        part = TaskContext.get().partitionId()
        first, expected = firsts.get(part, 1), counts.get(part, 0)
        # Frames whose rows wait for their lines.
        waiting = collections.deque()
        given, taken = 0, 0
        running = None

        def collect(line):
            nonlocal taken
            frame, lines = waiting[0]
            if not line.endswith(f'"row":{first + taken}}}\n'):
                raise RuntimeError(f"xai-tab answered something else than row {first + taken}: {line[:200]}")
            lines.append(line[:-1])
            taken += 1
            if len(lines) < len(frame):
                return None
            waiting.popleft()
            result = frame[keep].reset_index(drop=True)
            result.insert(0, "row", range(first + taken - len(lines), first + taken))
            result["line"] = lines
            return result

        try:
            for frame in frames:
                if len(frame) == 0:
                    continue
                if running is None:
                    running = Program([
                        SparkFiles.get(program), *options, "-", "--model", SparkFiles.get(model), "--format", "ndjson", "--quiet",
                        "--delimiter", ",", "--threads", "1", "--first-row", str(first)])
                    running.write([names])
                    is_open = False
                waiting.append((frame, []))
                given += len(frame)
                running.write([None if cell is None or cell != cell else cell for cell in record]
                              for record in frame[names].itertuples(index=False, name=None))
                while taken < given and (line := running.ready(wait=False)) is not None:
                    if not is_open:
                        is_open = True
                    elif (result := collect(line)) is not None:
                        yield result
            if given != expected:
                raise RuntimeError(f"part {part} has {given} rows, and had {expected} when they were counted: did the data change?")
            if running is None:
                return
            running.close_input()
            while taken < given and (line := running.ready(wait=True)) is not None:
                if not is_open:
                    is_open = True
                elif (result := collect(line)) is not None:
                    yield result
            running.finish()
            if taken != given or running.ready(wait=True) is None:
                raise RuntimeError(f"xai-tab answered {taken} of {given} rows")
        finally:
            if running is not None:
                running.stop()

    return explain


def count_rows(frames):
    import pandas

    yield pandas.DataFrame({"part": [TaskContext.get().partitionId()], "rows": [sum(len(frame) for frame in frames)]})


def read(spark, path, kind):
    """The data with all cells as text, as the file has them; the same parts each time."""
    if kind == "csv":
        # A record that is not as long as the others must not be filled up or cut.
        data = spark.read.csv(path, header=True, inferSchema=False, mode="FAILFAST", quote='"', escape='"', encoding="UTF-8")
    else:
        data = spark.read.parquet(path)
    return data.select([F.col(f"`{name.replace('`', '``')}`").cast(StringType()).alias(name) for name in data.columns])


def run(spark, source, target, model, program, kind=None, command="lime", keep=(), options=()):
    """Explains the rows of `source` and writes them to `target`.

    :param spark: the session.
    :param source: a CSV file with a header, or Parquet; a folder of them.
    :param target: the folder that gets the Parquet files; it must not exist.
    :param model: a model file that `xai-tab train` saved.
    :param program: the program.
    :param kind: csv or parquet; by the name of `source` if not given.
    :param command: lime or predict.
    :param keep: columns that are copied.
    :param options: further options of the command.
    """
    context = spark.sparkContext
    # How files are cut must not depend on how many executors there are at the moment.
    spark.conf.set("spark.sql.files.minPartitionNum", spark.conf.get("spark.sql.files.minPartitionNum", None) or
                   str(max(2, context.defaultParallelism)))
    spark.conf.set("spark.sql.csv.parser.columnPruning.enabled", "false")
    for path in (program, model):
        context.addFile(str(path))
    if __name__ != "__main__":
        # Where another program imports this file, the executors need it, too.
        context.addPyFile(__file__)
    data = read(spark, str(source), kind or ("csv" if ".csv" in Path(str(source)).name.lower() else "parquet"))
    for name in keep:
        if name not in data.columns:
            raise SystemExit(f"no column is called {name!r}; the columns are {', '.join(data.columns)}")
    counts = {row["part"]: row["rows"] for row in data.mapInPandas(count_rows, "part int, rows long").collect()}
    firsts, first = {}, 1
    for part in sorted(counts):
        firsts[part] = first
        first += counts[part]
    column = "explanation" if command == "lime" else "prediction"
    schema = StructType(
        [StructField("row", LongType(), False)] + [StructField(name, StringType()) for name in keep]
        + [StructField("line", StringType(), False)])
    words = [command, *(ROWS if command == "lime" else []), *options]
    explain = rows_of(firsts, counts, list(data.columns), list(keep), Path(program).name, Path(model).name, words)
    context.setJobGroup(GROUP, f"xai-tab {command}")
    data.mapInPandas(explain, schema).withColumnRenamed("line", column).write.parquet(str(target))
    return first - 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], epilog="Further options of xai-tab stand behind --.")
    parser.add_argument("source", help="a CSV file with a header, Parquet, or a folder of either")
    parser.add_argument("target", help="the folder that gets the Parquet files; it must not exist")
    parser.add_argument("--model", required=True, help="a model file that `xai-tab train` saved")
    parser.add_argument("--program", default=shutil.which("xai-tab"), help="the program; the one on the PATH if not given")
    parser.add_argument("--kind", choices=["csv", "parquet"], help="what the source is; by its name if not given")
    parser.add_argument("--command", choices=["lime", "predict"], default="lime")
    parser.add_argument("--keep", default="", help="columns to copy, with commas between them")
    words = sys.argv[1:]
    cut = words.index("--") if "--" in words else len(words)
    arguments = parser.parse_args(words[:cut])
    if arguments.program is None:
        parser.error("no xai-tab is on the PATH; say --program FILE")
    spark = SparkSession.builder.appName("xai-tab").getOrCreate()
    rows = run(
        spark, arguments.source, arguments.target, arguments.model, arguments.program, arguments.kind, arguments.command,
        [name for name in arguments.keep.split(",") if name], words[cut + 1:])
    print(f"{rows} rows in {arguments.target}")
    spark.stop()


if __name__ == "__main__":
    main()
