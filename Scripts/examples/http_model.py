"""An HTTP service as a program that xai-tab asks: each line of rows becomes a POST, each answer a line of probabilities.

Usage: xai-tab lime data.csv --row 12 --model 'stream:python3 Scripts/examples/http_model.py http://localhost:8000/predict'

The service gets {"columns": {name: cell}} and answers {"classes": {name: probability}} or {"value": number}; adapt the two
lines that say so to yours. Only the standard library is needed.
"""

import csv
import json
import sys
import urllib.request


def ask(columns, record):
    body = json.dumps({"columns": dict(zip(columns, record))}).encode()
    request = urllib.request.Request(sys.argv[1], body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as response:
        answer = json.load(response)
    return answer.get("classes") or {"value": answer["value"]}


def main():
    out = csv.writer(sys.stdout, lineterminator="\n")
    rows = csv.reader(iter(sys.stdin.readline, ""))
    columns = next(rows)
    # The classes are known from the answer to an empty row.
    names = list(ask(columns, [""] * len(columns)))
    out.writerow(names)
    sys.stdout.flush()
    for record in rows:
        answer = ask(columns, record)
        out.writerow([answer[name] for name in names])
        sys.stdout.flush()


main()
