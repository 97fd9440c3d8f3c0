"""Every number of a report's summary and agreement, in tables and pictures, beside `agree` and `compare`."""

import re
from collections import Counter

ALPHA, F1 = ("krippendorff-alpha", "word"), ("span-f1-exact", "span")
BEYOND_SPANS = {("relation-f1", "relation"): "F1", ("attribute-agreement", "attribute"): "same value"}


def shown(figure):
    """A figure as it stands in a table, to three digits, with its interval where it has one."""
    if figure is None or figure["value"] is None:
        return None
    if figure["low"] is None:
        return f"{figure['value']:.3f}"
    return f"{figure['value']:.3f} [{figure['low']:.3f}, {figure['high']:.3f}]"


class Figures:
    """Takes each table by its first row; a number to three digits that nothing vouches for is a difference."""

    def __init__(self, page, truth):
        self.page, self.truth, self.differences, self.count = page, truth, [], 0
        self.vouched = Counter()
        self.labels = [None, *truth.agreed["settings"]["labels"]]
        self.annotators = truth.agreed["annotators"]
        self.summary()
        self.coefficients()
        self.pictures()
        self.pairs()
        self.relations_and_attributes()
        self.confusion()
        self.remedies()
        self.documents()
        for warning in truth.agreed["warnings"]:
            rough = "rough" not in warning or warning in page["agreement"]
            if not rough:
                self.differences.append(f"the warning {warning!r} is missing")
        there = Counter(re.findall(r"\d\.\d{3}", page["agreement"]))
        if there != self.vouched:
            self.differences.append(
                f"numbers: {dict(there - self.vouched)} stand there unasked, {dict(self.vouched - there)} do not"
            )

    def figure(self, measure, label=None, document=None, pair=()):
        return self.truth.figures.get((*measure, label, document, pair))

    def hold(self, place, cell, wanted):
        """A cell holds exactly that; nothing but a dash where the figure is undefined."""
        self.count += 1
        if wanted is None and not re.search(r"\d", cell) or cell == wanted:
            self.vouched.update(re.findall(r"\d\.\d{3}", cell))
        else:
            self.differences.append(f"{place}: {cell!r}, not {wanted!r}")

    def table(self, *first):
        """The rows of the table whose first row begins so."""
        for rows in self.page["tables"]:
            if rows[0][: len(first)] == list(first):
                return rows
        self.differences.append(f"there is no table with {first}")
        return [[]]

    def rows(self, table, due, place):
        found = {row[0]: row for row in table[1:]}
        if list(found) != due or len(table) - 1 != len(due):
            self.differences.append(f"{place}: rows {list(found)[:10]}, not {due[:10]}")
        return [(name, found[name]) for name in due if name in found]

    def summary(self):
        files = {
            (name, file["annotator"]): file
            for name, shown in self.truth.shown.items()
            for file in shown["annotations"]
            if file["role"] == "annotator"
        }
        people = sorted({annotator for _, annotator in files})
        claims = [claim for matter in self.truth.ledger["matters"] for claim in matter["claims"]]
        wanted = {
            "documents": len(self.truth.shown),
            "annotators": len(people),
            "spans": sum(len(file["spans"]) for file in files.values()),
            "disagreements": len(self.truth.compared["disagreements"]),
            "claims": len(claims),
        }
        denied = f", {sum(bool(claim['denials']) for claim in claims)} denied"
        facts = {}
        for fact in self.page["facts"]:
            if match := re.fullmatch(r"(\d+) (claims?)(, \d+ denied)", fact):
                facts[match[2]] = int(match[1])
                if match[3] != denied:
                    self.differences.append(f"summary: {fact!r}, not {denied!r}")
            elif match := re.fullmatch(r"(\d+) (.*)", fact):
                facts[match[2]] = int(match[1])
        facts = {name if name in wanted else name + "s": number for name, number in facts.items()}
        if facts != wanted:
            self.differences.append(f"summary: {facts}, not {wanted}")
        table = self.table("document", *people)
        for name, row in self.rows(table, list(self.truth.shown), "spans of each annotator"):
            for annotator, cell in zip(table[0][1:], row[1:]):
                file = files.get((name, annotator))
                mark = "" if file is None or file["status"] == "complete" else "*"
                self.hold(
                    f"spans of {annotator} in {name}",
                    cell.replace(" ", ""),
                    None if file is None else f"{len(file['spans'])}{mark}",
                )

    def name(self, label):
        return label or "all labels"

    def coefficients(self):
        table = self.table("label", "Krippendorff’s α over words", "n", "Exact span F1", "n")
        for (name, row), label in zip(self.rows(table, [*map(self.name, self.labels)], "coefficients"), self.labels):
            for place, measure in ((1, ALPHA), (3, F1)):
                figure = self.figure(measure, label)
                self.hold(f"{measure[0]} of {name}", row[place], shown(figure))
                self.hold(f"n of {measure[0]} of {name}", row[place + 1], figure and str(figure["items"]))

    def pictures(self):
        """The dots and bars of the two pictures stand where the figures are, and their names say the figures."""
        for picture, measure in zip(self.page["pictures"], (ALPHA, F1)):
            figures = [self.figure(measure, label) for label in self.labels]
            figures = [
                (label, figure) for label, figure in zip(self.labels, figures) if figure and figure["value"] is not None
            ]
            name = "; ".join(f"{self.name(label)}: {shown(figure)}" for label, figure in figures)
            self.count += 1
            if picture["label"].partition(". ")[2] != name:
                self.differences.append(f"picture of {measure[0]}: {picture['label']!r}, not {name!r}")
            wide = lambda value: 96 + 190 * value
            dots = [round(wide(figure["value"]), 1) for _, figure in figures]
            bars = [
                (round(wide(figure["low"]), 1), round(wide(figure["high"]), 1))
                for _, figure in figures
                if figure["low"] is not None
            ]
            far = [abs(x - wanted) for (x, _), wanted in zip(picture["dots"], dots)]
            far += [abs(a - b) for found, wanted in zip(picture["bars"], bars) for a, b in zip(found, wanted)]
            if len(picture["dots"]) != len(dots) or len(picture["bars"]) != len(bars) or max(far, default=0) > 0.11:
                self.differences.append(
                    f"picture of {measure[0]}: dots {picture['dots']}, not {dots}; bars {picture['bars']}, not {bars}"
                )

    def pairs(self):
        table = self.table("", *self.annotators)
        for name, row in self.rows(table, self.annotators, "pairs"):
            for other, cell in zip(self.annotators, row[1:]):
                pair = tuple(sorted((name, other), key=self.annotators.index))
                figure = None if name == other else self.figure(F1, pair=pair)
                self.hold(f"pair of {name} and {other}", cell, figure and f"{figure['value']:.3f}")

    def relations_and_attributes(self):
        wanted = []
        for measure, name in BEYOND_SPANS.items():
            kind = measure[1]
            found = {key[2]: figure for key, figure in self.truth.figures.items() if key[:2] == measure}
            wanted += [
                (label or f"all {kind}s", name, self.figure(measure, label))
                for label in found
                if self.figure(measure, label)
            ]
        if not any(figure["value"] is not None for _, _, figure in wanted):
            return
        table = self.table("relation or attribute", "measure", "agreement", "n")
        due = [label for label, _, _ in wanted]
        for (label, row), (_, name, figure) in zip(self.rows(table, due, "relations and attributes"), wanted):
            place = f"{name} of {label}"
            self.hold(f"measure of {label}", row[1], name)
            self.hold(place, row[2], shown(figure))
            self.hold(f"n of {place}", row[3], str(figure["items"]))

    def confusion(self):
        counts, labels = self.truth.agreed["confusion"]["counts"], self.truth.agreed["confusion"]["labels"]
        names = [*labels, "nothing"]
        table = self.table("", *names)
        for at, (name, row) in enumerate(self.rows(table, names, "confusion")):
            for other, cell in enumerate(row[1:]):
                both = counts[at][other] + (counts[other][at] if at != other else 0)
                self.hold(
                    f"confusion of {name} and {names[other]}", cell, None if at == other == len(labels) else str(both)
                )

    def remedies(self):
        total, remedies = self.truth.compared["f1"], self.truth.compared["remedies"]
        table = self.table("disagreement", "count", "F1 if resolved", "gain")
        remedies = [remedy for remedy in remedies if remedy["f1"] > total]
        due = [f"{remedy['kind']}, {remedy['label']}" for remedy in remedies]
        for (name, row), remedy in zip(self.rows(table, due, "remedies"), remedies):
            gain = remedy["f1"] - total
            self.hold(f"count of {name}", row[1], str(remedy["places"]))
            self.hold(f"F1 of {name}", row[2], f"{remedy['f1']:.3f}")
            self.hold(f"gain of {name}", row[3], f"+{gain:.3f}" if gain > 1e-9 else None)
        for found in re.findall(r"over all pairs is (\d\.\d{3})\. Each row", self.page["agreement"]):
            self.hold("F1 of all pairs", found, f"{total:.3f}")
        kinds = Counter(kind for place in self.truth.compared["disagreements"] for kind in place["kinds"])
        told = re.search(r"attributes differ (\d+) times?, relations (\d+)\.", self.page["agreement"])
        if not told or [int(told[1]), int(told[2])] != [kinds["attribute"], kinds["relation"]]:
            self.differences.append(f"attributes and relations: {told and told[0]!r}, not {dict(kinds)}")

    def documents(self):
        table = self.table("document", "last change", "α over words", "exact span F1")
        changed = {}
        for name, document in self.truth.shown.items():
            files = [file for file in document["annotations"] if file["annotator"] in self.annotators]
            times = [part["modified"] for file in files for part in file["spans"] + file["relations"]]
            if len(files) > 1 and times:
                changed[name] = max(times)[:10], max(times)
        order = sorted(changed, key=lambda name: (changed[name][1], name))
        if len(table) > 1:
            found = [row[0] for row in table[1:]]
            if sorted(found) != sorted(order) or [changed[name][0] for name in found] != sorted(
                changed[name][0] for name in found
            ):
                self.differences.append(f"documents in time: {found[:12]}, not {order[:12]}")
        for row in table[1:]:
            if row[0] in changed:
                alpha, exact = (self.figure(measure, document=row[0]) for measure in (ALPHA, F1))
                self.hold(f"last change of {row[0]}", row[1], changed[row[0]][0])
                self.hold(
                    f"α of {row[0]}", row[2], alpha and alpha["value"] is not None and f"{alpha['value']:.3f}" or None
                )
                self.hold(
                    f"F1 of {row[0]}", row[3], exact and exact["value"] is not None and f"{exact['value']:.3f}" or None
                )
