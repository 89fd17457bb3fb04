"""Writes c45.json: trees of Weka's J48 with every node, and their predictions.

Run from this folder: python make_c45.py [WEKA.JAR]
Needs a Java development kit and Weka (Debian packages default-jdk and weka). Trees are read out of the classifier itself, with
all digits; its text has two decimals.
"""

import csv
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

DRIVER = """
import java.io.FileReader;
import java.lang.reflect.Field;
import weka.classifiers.trees.J48;
import weka.classifiers.trees.j48.*;
import weka.core.*;

public class Driver {
  static Object field(Class<?> type, Object of, String name) throws Exception {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }

  static void write(ClassifierTree tree, StringBuilder out) throws Exception {
    ClassifierSplitModel model = (ClassifierSplitModel) field(ClassifierTree.class, tree, "m_localModel");
    boolean leaf = (Boolean) field(ClassifierTree.class, tree, "m_isLeaf");
    ClassifierTree[] sons = (ClassifierTree[]) field(ClassifierTree.class, tree, "m_sons");
    int column = leaf ? -1 : ((C45Split) model).attIndex();
    double threshold = leaf ? 0 : (Double) field(C45Split.class, model, "m_splitPoint");
    if (threshold > 1e300) threshold = 0;
    out.append(out.charAt(out.length() - 1) == '[' ? "" : ", ").append("[" + column + ", " + threshold + ", " + (leaf ? 0 : sons.length));
    for (int i = 0; i < model.distribution().numClasses(); i++) out.append(", " + model.distribution().perClass(i));
    out.append("]");
    if (!leaf) for (ClassifierTree son : sons) write(son, out);
  }

  public static void main(String[] words) throws Exception {
    Instances train = new Instances(new FileReader(words[0]));
    Instances test = new Instances(new FileReader(words[1]));
    train.setClassIndex(train.numAttributes() - 1);
    test.setClassIndex(test.numAttributes() - 1);
    J48 j48 = new J48();
    j48.setOptions(Utils.splitOptions(words[2]));
    j48.buildClassifier(train);
    StringBuilder out = new StringBuilder("{\\"leaves\\": " + (int) j48.measureNumLeaves() + ", \\"size\\": " + (int) j48.measureTreeSize());
    out.append(", \\"nodes\\": [");
    write((ClassifierTree) field(J48.class, j48, "m_root"), out);
    out.append("], \\"predictions\\": [");
    for (int i = 0; i < test.numInstances(); i++) {
      double[] shares = j48.distributionForInstance(test.instance(i));
      out.append(i == 0 ? "[" : ", [");
      for (int c = 0; c < shares.length; c++) out.append((c == 0 ? "" : ", ") + shares[c]);
      out.append("]");
    }
    System.out.println(out + "], \\"weka\\": \\"" + Version.VERSION + "\\"}");
  }
}
"""

GOLF = """sunny,85,85,false,Don't
sunny,80,90,true,Don't
overcast,83,78,false,Play
rain,70,96,false,Play
rain,68,80,false,Play
rain,65,70,true,Don't
overcast,64,65,true,Play
sunny,72,95,false,Don't
sunny,69,70,false,Play
rain,75,80,false,Play
sunny,75,70,true,Play
overcast,72,90,true,Play
overcast,81,75,false,Play
rain,71,80,true,Don't"""


def is_number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False


def table(lines):
    """Rows of words as numbers: words become their place among the column's sorted words, missing cells None."""
    missing = {"", "NA", "?"}
    kinds, columns = [], []
    for cells in zip(*lines):
        words = sorted({cell for cell in cells if cell not in missing})
        numeric = all(map(is_number, words)) and len(kinds) < len(lines[0]) - 1
        kinds.append(0 if numeric else len(words))
        columns.append([None if cell in missing else float(cell) if numeric else words.index(cell) for cell in cells])
    return kinds, [list(row) for row in zip(*columns)]


def synthetic(count, seed, missing):
    random.seed(seed)
    rows = []
    for _ in range(count):
        a, b = round(random.gauss(0, 2), 2), random.randrange(12)
        c, d, e = random.randrange(4), random.randrange(2), round(random.random(), 3)
        score = a + (2 if c == 1 else -1 if c == 3 else 0) + b * (0.3 if d else -0.2) + random.gauss(0, 0.8)
        cells = [a, b, c, d, e]
        cells = [None if random.random() < missing else cell for cell in cells]
        rows.append(cells + [0 if score < -1 else 1 if score < 1.5 else 2])
    return [0, 0, 4, 2, 0, 3], rows


def arff(path, kinds, rows):
    lines = ["@relation table"]
    for place, kind in enumerate(kinds):
        lines.append(f"@attribute c{place} " + ("{" + ",".join(map(str, range(kind))) + "}" if kind else "numeric"))
    lines.append("@data")
    lines += [",".join("?" if cell is None else str(cell) for cell in row) for row in rows]
    path.write_text("\n".join(lines) + "\n")


def blanked(rows, kinds, count, seed):
    """Rows that the tree may not have seen: cells of several rows mixed, some of them missing."""
    random.seed(seed)
    columns = list(zip(*rows))
    mixed = [[random.choice(columns[c]) for c in range(len(kinds) - 1)] + [0] for _ in range(count)]
    return [[None if random.random() < 0.25 else cell for cell in row[:-1]] + [0] for row in mixed]


def grow(jar, folder, words):
    command = ["java", "-cp", f"{jar}:{folder}", "Driver", folder / "train.arff", folder / "test.arff", words]
    tree = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    tree["predictions"] = [[round(share, 12) for share in shares] for shares in tree["predictions"]]
    return tree


def where_raising_matters(jar, folder, missing):
    """The first table on which subtree raising changes the tree."""
    for seed in range(3, 200):
        kinds, rows = synthetic(150, seed, missing)
        arff(folder / "train.arff", kinds, rows)
        arff(folder / "test.arff", kinds, rows[:1])
        if grow(jar, folder, "-C 0.25 -M 2")["nodes"] != grow(jar, folder, "-C 0.25 -M 2 -S")["nodes"]:
            return kinds, rows
    raise ValueError("no seed under 200")


def main():
    jar = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/java/weka.jar"
    data = Path(__file__).resolve().parent.parent.parent / "Data"
    penguins = [row[1:] + row[:1] for row in list(csv.reader(open(data / "penguins.csv")))[1:]]
    heart = list(csv.reader(open(data / "heart.csv")))[1:]
    golf = [line.split(",") for line in GOLF.splitlines()]
    holes = [["?" if (i * 5 + j * 3) % 11 == 0 and j < 4 else cell for j, cell in enumerate(row)] for i, row in enumerate(golf)]
    tables = {
        "golf": table(golf), "golf with missing cells": table(holes), "penguins": table(penguins), "heart": table(heart),
        "synthetic": synthetic(250, 1, 0), "synthetic with missing cells": synthetic(250, 2, 0.15),
    }
    options = ["-C 0.25 -M 2", "-U", "-C 0.25 -M 2 -S", "-C 0.1 -M 5"]
    result = {"tables": []}
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "Driver.java").write_text(DRIVER)
        subprocess.run(["javac", "-cp", jar, "-d", folder, folder / "Driver.java"], check=True)
        tables["raised"] = where_raising_matters(jar, folder, 0)
        tables["raised with missing cells"] = where_raising_matters(jar, folder, 0.1)
        for name, (kinds, rows) in tables.items():
            fresh = blanked(rows, kinds, 20, 7)
            arff(folder / "train.arff", kinds, rows)
            arff(folder / "test.arff", kinds, rows[:30] + fresh)
            trees = []
            for words in options:
                tree = grow(jar, folder, words)
                result["weka"] = tree.pop("weka")
                trees.append({"options": words} | tree)
            result["tables"].append({"name": name, "kinds": kinds, "rows": rows, "fresh": fresh, "trees": trees})
    Path(__file__).with_name("c45.json").write_text(json.dumps(result) + "\n")


main()
