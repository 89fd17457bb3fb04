"""What every peer's script shares: one timed sample, and one line of JSON for each result."""

import json
import time
from importlib.metadata import version


def milliseconds(work):
    """The wall time of work(), and what it returned."""
    begin = time.perf_counter()
    result = work()
    return 1000 * (time.perf_counter() - begin), result


def report(job, package, unit, samples, **figures):
    line = {"job": job, "unit": unit, "samples": samples, "peer": package, "version": version(package)}
    print(json.dumps(line | figures), flush=True)
