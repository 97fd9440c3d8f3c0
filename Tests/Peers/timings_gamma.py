"""The runs of pygamma-agreement that `timings.py` times: with its own defaults, but for the paper's sampler."""

import logging

import cvxopt.glpk
import numpy as np
from pyannote.core import Segment
from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum, ShuffleContinuumSampler

from plain import SEED

SAMPLES = 30
TINY = [(who, start, start + 10, 0) for who in range(2) for start in (0, 20)]

logging.disable(logging.WARNING)  # it logs a line at each alignment
cvxopt.glpk.options["msg_lev"] = "GLP_MSG_OFF"  # its threads switch each other's output on otherwise


def continuum(units):
    made = Continuum()
    for annotator, start, end, label in units:
        made.add(str(annotator), Segment(start, end), str(label))
    return made


def alignment_run(study, dissimilarity):
    return lambda: study.get_best_alignment(dissimilarity).disorder


def gamma_run(study, dissimilarity, fast=False):
    sampler = ShuffleContinuumSampler()

    def gamma():
        np.random.seed(SEED)
        result = study.compute_gamma(dissimilarity, n_samples=SAMPLES, sampler=sampler, fast=fast)
        chance = [alignment.disorder for alignment in result.chance_alignments]
        return {
            "value": float(result.gamma),
            "disorder": float(result.observed_disorder),
            "expected": float(result.expected_disorder),
            "standardError": float(np.std(chance, ddof=1) / np.sqrt(len(chance))),
        }

    return gamma


def warmed(run, units, **options):
    """The run, once numba has compiled what it calls."""
    dissimilarity = CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
    run(continuum(TINY), dissimilarity, **options)()
    return run(continuum(units), dissimilarity, **options)
