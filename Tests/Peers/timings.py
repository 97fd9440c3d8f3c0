"""Times one peer on one data set, for `gainsay-benchmark --peers`.

Usage: timings.py PEER MEASURE PATH [SECONDS]

    MEASURE         PEER                              PATH
    alpha           krippendorff, nltk, numpy         items
    cohen           scikit-learn, nltk, numpy         items
    fleiss          statsmodels, nltk, numpy          items
    bootstrap       krippendorff, scipy, numpy        items with documents.i32
    span-f1         nervaluate, seqeval, numpy        spans
    best-alignment  pygamma-agreement, scipy          units
    gamma           pygamma-agreement                 units
    gamma-fast      pygamma-agreement                 units
    decode          orjson                            a workspace
    read            orjson                            a workspace: all its files, in two processes

Items are a folder with columns.u8 (a byte for each item, one annotator after another; 255 is missing) and shape.json,
spans one with spans.i32 (rows of document, annotator, start, end, label) and lengths.i32 (the tokens of each document).
Units are a file of comma-separated numbers: annotator, start, end, label.

The work is repeated for SECONDS, 2 unless said. Prints one line of JSON: {"peer": "numpy 2.4.6", "seconds": 0.0123,
"value": 0.567}. The seconds are those of the best run; reading the data and bringing them into the form that the peer
takes fastest are not timed (of `decode`, reading is), nor is compiling. Of the gammas the line has `disorder`,
`expected` and `standardError` too. Where the peer cannot do it, the line has `failed`; where it is not installed,
`skipped`, with the exit status 77.
"""

import gc
import json
import sys
from functools import partial
from importlib.metadata import version
from pathlib import Path
from time import perf_counter


def skip(missing):
    print(json.dumps({"peer": None, "skipped": f"the Python module {missing.name} is missing"}))
    sys.exit(77)


try:
    import numpy as np

    from plain import (
        BLOCK,
        CONFIDENCE,
        MISSING,
        SEED,
        alpha,
        annotation_paths,
        category_counts,
        complete_pairs,
        document_terms,
        numpy_alpha,
        numpy_bootstrap,
        numpy_cohen,
        numpy_fleiss,
        numpy_span_f1,
        percentile_interval,
        read_corpus,
        read_items,
        read_study,
        read_units,
        times_drawn,
    )
except ModuleNotFoundError as missing:
    skip(missing)


# The packages


def krippendorff_alpha(items):
    """From counts: this is its fastest way, in the order of memory and type that are fastest too."""
    import krippendorff

    counts = category_counts(*items).astype(float).T
    return lambda: krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")


def krippendorff_bootstrap(study):
    """It has no bootstrap of its own."""
    import krippendorff

    counts = category_counts(*study.items).astype(float)
    documents = np.split(counts, np.cumsum(study.lengths)[:-1], axis=1)

    def interval():
        rng = np.random.default_rng(SEED)
        alphas = []
        for _ in range(study.resamples):
            draws = rng.integers(len(documents), size=len(documents))
            resample = np.concatenate([documents[draw] for draw in draws], axis=1).T
            alphas.append(krippendorff.alpha(value_counts=resample, level_of_measurement="nominal"))
        return percentile_interval(alphas)

    return interval


def sklearn_cohen(items):
    from sklearn.metrics import cohen_kappa_score

    first, second = complete_pairs(items.columns)
    return lambda: cohen_kappa_score(first, second)


def statsmodels_fleiss(items):
    """It asserts that no value is missing."""
    from statsmodels.stats.inter_rater import fleiss_kappa

    counts = category_counts(*items).astype(float).T
    return lambda: fleiss_kappa(counts)


def annotation_task(columns):
    from nltk.metrics.agreement import AnnotationTask

    rows = enumerate(columns.T.tolist())
    return AnnotationTask([(who, item, x) for item, row in rows for who, x in enumerate(row) if x != MISSING])


def nltk_alpha(items):
    return annotation_task(items.columns).alpha


def nltk_cohen(items):
    task = annotation_task(complete_pairs(items.columns))
    return lambda: task.kappa_pairwise(0, 1)


def nltk_fleiss(items):
    """Its multi-π is Fleiss' kappa; it fails where a value is missing. (Its `multi_kappa` is another coefficient.)"""
    return annotation_task(items.columns).pi


def scipy_bootstrap(study):
    """Its statistic sums up the documents' terms just as the NumPy program does."""
    from scipy.stats import bootstrap

    def interval():
        terms = document_terms(study.items, study.lengths)
        result = bootstrap(
            [np.arange(len(terms))],
            lambda draws, axis: alpha(times_drawn(draws) @ terms),
            n_resamples=study.resamples,
            batch=max(1, BLOCK // len(terms)),
            vectorized=True,
            confidence_level=CONFIDENCE,
            method="percentile",
            rng=SEED,
        )
        return result.confidence_interval

    return interval


def entities(spans, documents):
    """Lists of nervaluate's entities, whose ends are inclusive."""
    from nervaluate.entities import Entity

    lists = [[] for _ in range(documents)]
    for document, start, length, label in zip(*(column.tolist() for column in spans)):
        lists[document].append(Entity(str(label), start, start + length - 1))
    return lists


def nervaluate_span_f1(corpus):
    """Its strict strategy alone: its `Evaluator` runs three others too, and all four once more for each label.

    It pairs overlapping spans that differ, from 1 % of the reference on, and such pairs count as wrong on both sides;
    as spans of one annotator never overlap, none of them could have matched exactly.
    """
    from nervaluate.entities import EvaluationResult
    from nervaluate.strategies import StrictEvaluation

    tags = [str(label) for label in range(corpus.labels)]
    pairs = list(zip(*(entities(spans, len(corpus.lengths)) for spans in corpus[:2])))

    def f1():
        strategy = StrictEvaluation()
        merged = EvaluationResult()
        for reference, response in pairs:
            result, _ = strategy.evaluate(reference, response, tags)
            merged.correct += result.correct
            merged.incorrect += result.incorrect
            merged.missed += result.missed
            merged.spurious += result.spurious
        merged.compute_metrics()
        return merged.f1

    return f1


def tag_lists(spans, lengths, labels):
    """Each document's tags in the scheme IOB2."""
    ends = np.cumsum(lengths, dtype=np.int64)
    first = spans.start + (ends - lengths)[spans.document]
    before = np.cumsum(spans.length) - spans.length
    inside = np.arange(spans.length.sum()) + np.repeat(first - before, spans.length)
    codes = np.zeros(ends[-1], np.int32)
    codes[inside] = 2 * np.repeat(spans.label, spans.length) + 2
    codes[first] -= 1
    names = np.array(["O", *(f"{prefix}-{label}" for label in range(labels) for prefix in "BI")], dtype=object)
    return [part.tolist() for part in np.split(names[codes], ends[:-1])]


def seqeval_span_f1(corpus):
    from seqeval.metrics import f1_score
    from seqeval.scheme import IOB2

    reference, response = (tag_lists(spans, corpus.lengths, corpus.labels) for spans in corpus[:2])
    return lambda: f1_score(reference, response, average="micro", mode="strict", scheme=IOB2)


def pygamma_alignment(units):
    from timings_gamma import alignment_run, warmed

    return warmed(alignment_run, units)


def scipy_alignment(units):
    """By HiGHS, of unitary alignments that are listed in NumPy."""
    from timings_milp import alignment_run

    return alignment_run(units)


def pygamma_gamma(units, fast=False):
    """Its fast way aligns window by window, which need not find the best alignment."""
    from timings_gamma import gamma_run, warmed

    return warmed(gamma_run, units, fast=fast)


def orjson_decode(paths):
    """Reads and decodes; the value is how much it was."""
    from orjson import loads

    def decode():
        size = 0
        for path in paths:
            with open(path, "rb") as file:
                text = file.read()
            loads(text)
            size += len(text)
        return {"bytes": size, "files": len(paths)}

    decode()  # the files are in memory from here on
    return decode


def orjson_read(root):
    """Reads all files of a workspace in two processes and decodes what is JSON: what any program must do."""
    from multiprocessing import get_context

    from orjson import loads

    folders = sorted(path for path in (root / "Annotations").iterdir() if path.is_dir())

    def work(part):
        for folder in folders[part::2]:
            for path in folder.iterdir():
                with open(path, "rb") as file:
                    text = file.read()
                if path.suffix == ".json":
                    loads(text)

    def read():
        processes = [get_context("fork").Process(target=work, args=(part,)) for part in (0, 1)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        return {"documents": len(folders)}

    read()  # the files are in memory from here on
    return read


# Running


READERS = {
    "alpha": read_items,
    "cohen": read_items,
    "fleiss": read_items,
    "bootstrap": read_study,
    "span-f1": read_corpus,
    "best-alignment": read_units,
    "gamma": read_units,
    "gamma-fast": read_units,
    "decode": annotation_paths,
    "read": Path,
}

PEERS = {
    ("krippendorff", "alpha"): krippendorff_alpha,
    ("nltk", "alpha"): nltk_alpha,
    ("numpy", "alpha"): numpy_alpha,
    ("scikit-learn", "cohen"): sklearn_cohen,
    ("nltk", "cohen"): nltk_cohen,
    ("numpy", "cohen"): numpy_cohen,
    ("statsmodels", "fleiss"): statsmodels_fleiss,
    ("nltk", "fleiss"): nltk_fleiss,
    ("numpy", "fleiss"): numpy_fleiss,
    ("krippendorff", "bootstrap"): krippendorff_bootstrap,
    ("scipy", "bootstrap"): scipy_bootstrap,
    ("numpy", "bootstrap"): numpy_bootstrap,
    ("nervaluate", "span-f1"): nervaluate_span_f1,
    ("seqeval", "span-f1"): seqeval_span_f1,
    ("numpy", "span-f1"): numpy_span_f1,
    ("pygamma-agreement", "best-alignment"): pygamma_alignment,
    ("scipy", "best-alignment"): scipy_alignment,
    ("pygamma-agreement", "gamma"): pygamma_gamma,
    ("pygamma-agreement", "gamma-fast"): partial(pygamma_gamma, fast=True),
    ("orjson", "decode"): orjson_decode,
    ("orjson", "read"): orjson_read,
}


def best_run(run, seconds, patience=30):
    """The shortest time of the runs that fit in so many seconds, and what they return.

    There are three runs at least, if patience lasts: the first one often pays for fetching memory from the system.
    """
    gc.disable()
    times = []
    while sum(times) < seconds or len(times) < 3 and sum(times) < patience:
        start = perf_counter()
        value = run()
        times.append(perf_counter() - start)
    return min(times), value


def timing(prepare, data, budget):
    """What the line says besides the name of the peer."""
    try:
        seconds, value = best_run(prepare(data), budget)
    except ModuleNotFoundError as missing:
        skip(missing)
    except Exception as error:  # whatever it is that keeps a peer from doing it
        return {"failed": f"{type(error).__name__}: {error}".removesuffix(": ")}
    if isinstance(value, dict):
        return {"seconds": seconds, "value": None} | value
    if not np.isfinite(value).all():
        return {"failed": f"the value is {value}"}
    return {"seconds": seconds, "value": np.asarray(value, float).tolist()}


def main():
    if len(sys.argv) not in (4, 5) or tuple(sys.argv[1:3]) not in PEERS:
        sys.exit(__doc__)
    peer, measure, path = sys.argv[1:4]
    budget = float(sys.argv[4]) if len(sys.argv) == 5 else 2
    line = timing(PEERS[peer, measure], READERS[measure](Path(path)), budget)
    print(json.dumps({"peer": f"{peer} {version(peer)}"} | line))


if __name__ == "__main__":
    main()
