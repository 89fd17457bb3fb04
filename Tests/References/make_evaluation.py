"""Writes evaluation.json: reliability curves and confusion matrices of scikit-learn, Wilson's intervals of statsmodels.

    python make_evaluation.py > evaluation.json
"""

import json

import numpy as np
import sklearn
import statsmodels
from sklearn.calibration import calibration_curve
from sklearn.metrics import confusion_matrix
from statsmodels.stats.proportion import proportion_confint

random = np.random.default_rng(7)
curves = []
for count, bins, digits in [(12, 2, 3), (61, 5, 2), (200, 10, 1), (500, 10, 6)]:
    # Few digits make ties, and quantiles that are equal.
    probabilities = np.round(random.beta(0.7, 0.9, count), digits)
    outcomes = random.uniform(size=count) < 0.2 + 0.6 * probabilities
    observed, predicted = calibration_curve(outcomes, probabilities, n_bins=bins, strategy="quantile")
    curves.append(
        {
            "probabilities": probabilities.tolist(), "outcomes": [bool(o) for o in outcomes], "bins": bins,
            "observed": observed.tolist(), "predicted": predicted.tolist(),
        }
    )
actual = random.integers(0, 4, 100)
predicted = np.where(random.uniform(size=100) < 0.6, actual, random.integers(0, 4, 100))
print(
    json.dumps(
        {
            "versions": {"scikit-learn": sklearn.__version__, "statsmodels": statsmodels.__version__},
            "curves": curves,
            "confusion": {
                "actual": actual.tolist(), "predicted": predicted.tolist(),
                "counts": confusion_matrix(actual, predicted).tolist(),
            },
            "wilson": [
                {"events": e, "count": n, "interval": list(proportion_confint(e, n, method="wilson"))}
                for e, n in [(0, 1), (0, 12), (5, 12), (12, 12), (31, 200)]
            ],
        }
    )
)
