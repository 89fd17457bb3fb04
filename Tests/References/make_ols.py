"""Writes ols.json: statsmodels' least squares on tables of many kinds, and SciPy's t and F distributions.

Run from this folder: python make_ols.py
A design has an intercept and indicators of all levels but the first, sorted, unless a case says otherwise.
"""

import json

import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.outliers_influence import variance_inflation_factor
from statsmodels.stats.stattools import durbin_watson, jarque_bera, omni_normtest


def design(frame, intercept):
    parts, names = ([np.ones(len(frame))], ["(Intercept)"]) if intercept else ([], [])
    keep_all = not intercept
    for column in frame:
        if pd.api.types.is_numeric_dtype(frame[column]):
            parts.append(frame[column].to_numpy(float))
            names.append(column)
        else:
            levels = sorted(frame[column].unique())
            for level in levels if keep_all else levels[1:]:
                parts.append((frame[column] == level).to_numpy(float))
                names.append(f"{column}={level}")
            keep_all = False
    return np.column_stack(parts), names


def case(name, frame, target, intercept=True, robust=False):
    frame = frame.dropna()
    rows, names = design(frame.drop(columns=target), intercept)
    values = frame[target].to_numpy(float)
    fit = sm.OLS(values, rows).fit()
    shown = fit.get_robustcov_results("HC3", use_t=True) if robust else fit
    columns = []
    for column in frame.columns.drop(target):
        if pd.api.types.is_numeric_dtype(frame[column]):
            columns.append({"name": column, "numbers": frame[column].astype(float).tolist()})
        else:
            columns.append({"name": column, "words": frame[column].tolist()})
    interval = shown.conf_int()
    jarque, jarque_p, skew, kurtosis = jarque_bera(fit.resid)
    omnibus, omnibus_p = omni_normtest(fit.resid)
    inflation = [variance_inflation_factor(rows, i) for i in range(rows.shape[1])] if intercept else []
    return {
        "name": name, "intercept": intercept, "robust": robust, "columns": columns, "values": values.tolist(),
        "terms": names, "estimates": shown.params.tolist(), "errors": shown.bse.tolist(), "t": shown.tvalues.tolist(),
        "p": shown.pvalues.tolist(), "lower": interval[:, 0].tolist(), "upper": interval[:, 1].tolist(),
        "rSquared": fit.rsquared, "adjusted": fit.rsquared_adj, "f": float(shown.fvalue), "fP": float(shown.f_pvalue),
        "logLikelihood": fit.llf, "aic": fit.aic, "bic": fit.bic, "condition": float(np.linalg.cond(rows)),
        "sigma": float(np.sqrt(fit.scale)), "jarqueBera": [jarque, jarque_p], "skewness": skew, "kurtosis": kurtosis,
        "omnibus": [float(omnibus), float(omnibus_p)], "durbinWatson": durbin_watson(fit.resid), "inflation": inflation,
    }


def tails():
    t = [(x, d) for d in (1, 2, 3, 7, 30, 387, 1e5) for x in (0.1, 0.7, 1, 2.5, 8, 40)]
    f = [(x, a, b) for a, b in ((1, 1), (1, 9), (6, 9), (30, 99969), (200, 3), (3, 2000)) for x in (1e-3, 0.4, 1, 3, 25, 330)]
    quantiles = [(p, d) for p in (0.5, 0.1, 0.05, 0.01, 1e-6) for d in (1, 2, 5, 30, 387, 1e6)]
    return {
        "student": [[x, d, 2 * stats.t.sf(x, d)] for x, d in t],
        "fisher": [[x, a, b, stats.f.sf(x, a, b)] for x, a, b in f],
        "quantiles": [[p, d, stats.t.isf(p / 2, d)] for p, d in quantiles],
    }


penguins = pd.read_csv("../../Data/penguins.csv")
heart = pd.read_csv("../../Data/heart.csv")
random = np.random.default_rng(7)
noise = pd.DataFrame(random.normal(size=(60, 4)), columns=list("abcd"))
noise["y"] = 1 + noise.a - 2 * noise.b + random.standard_t(3, size=60) * (1 + noise.c.abs())
cases = [
    case("penguins", penguins[["species", "bill_length_mm", "bill_depth_mm", "sex", "body_mass_g"]], "body_mass_g"),
    case("penguins, robust", penguins[["island", "flipper_length_mm", "sex", "body_mass_g"]], "body_mass_g", robust=True),
    case("no intercept", noise, "y", intercept=False),
    case("no intercept, levels", penguins[["species", "sex", "flipper_length_mm", "body_mass_g"]], "body_mass_g", intercept=False),
    case("heavy tails, robust", noise, "y", robust=True),
    case("heart", heart[["age", "gender", "chest pain", "cholesterol", "max HR", "ST by exercise", "diameter narrowing"]], "diameter narrowing"),
]
result = {"statsmodels": statsmodels.__version__, "scipy": scipy.__version__, "cases": cases, **tails()}
with open("ols.json", "w") as file:
    json.dump(result, file)
