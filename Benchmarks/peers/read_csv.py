"""pandas and polars reading one CSV: read_csv.py FOLDER JOB"""

import os
import sys

import pandas
import polars
from measure import milliseconds, report

job = sys.argv[2]
path = f"{sys.argv[1]}/{job}.csv"
megabytes = os.path.getsize(path) / 1e6
for package, read in (("pandas", pandas.read_csv), ("polars", polars.read_csv)):
    elapsed, table = milliseconds(lambda: read(path))
    report(job, package, "ms", [elapsed], rows=table.shape[0], columns=table.shape[1], megabytes=megabytes)
    del table
