"""Readers of what INCEpTION imports: WebAnno TSV by the strict reader, UIMA CAS JSON by dkpro-cassis."""

from dataclasses import replace

from interchange_tokens import number
from interchange_truth import CARRIED, Difference, Mark, Reading, compare, decoded, equal, pairs
from interchange_webanno import RESERVED, read_tsv


def code_points(text):
    """Code point offsets by UTF-16 offset; the middle of a pair has none."""
    places, reach = {}, 0
    for place, character in enumerate(text):
        places[reach] = place
        reach += 2 if ord(character) > 0xFFFF else 1
    return places | {reach: len(text)}


def renamed(version, values, others):
    """Features as attributes: a feature's name has `_` where the scheme's has `-`."""
    names = {one["name"].replace("-", "_"): one["name"] for one in version.scheme["attributes"]}
    unknown = values.keys() - names.keys() - set(others)
    if unknown:
        raise Difference(f"{version}: features of no attribute: {sorted(unknown)}")
    return pairs({names[name]: value for name, value in values.items() if name in names})


def webanno_tsv(export):
    """The strict reader rebuilds the text but for white space between sentences; offsets are UTF-16."""
    total = 0
    for path, version in export.files("tsv"):
        place = f"webanno-tsv {version}"
        content = read_tsv(decoded(path))
        check_rebuilt(place, content.text, version.text)
        points = code_points(version.text)
        reading = Reading(version.text)
        names = {}
        for key, one in enumerate(content.spans["webanno.custom.Span"]):
            attributes = renamed(version, one.values, ("label", "note"))
            part = points[one.begin], points[one.end]
            reading.marks[key] = Mark(one.values["label"], (part,), None, attributes, one.values["note"])
            names[id(one)] = key
        for _, values, governor, dependent in content.relations:
            (kind,) = values.values()
            reading.relations.append((kind, names[id(governor)], names[id(dependent)], None))
        total += compare(place, reading, version.pieces(), CARRIED - {"absent"})
    return total


def check_rebuilt(place, came, due):
    """Between sentences, and after the last, one white space may stand for another."""
    for at, (one, other) in enumerate(zip(came, due)):
        if one != other and not (one.isspace() and other.isspace()):
            raise Difference(f"{place}: the rebuilt text differs at {at}: {came[at:at + 30]!r}, {due[at:at + 30]!r}")
    rest = came[len(due) :] + due[len(came) :]
    equal(f"{place}: rest of the text", rest.strip(), "")


def cas_json(export):
    """dkpro-cassis loads the file with the type system in it; fragments of one span are joined."""
    import cassis

    total = 0
    for path, version in export.files("json"):
        place = f"cas-json {version}"
        with path.open("rb") as file:
            cas = cassis.load_cas_from_json(file)
        reading = Reading(cas.sofa_string)
        features = own_features(place, cas.typesystem)
        for one in cas.select("webanno.custom.Span"):
            part = one.begin, one.end
            equal(f"{place}: words at {part}", one.get_covered_text(), version.text[slice(*part)])
            attributes = renamed(version, {name: getattr(one, name) for name in features}, ())
            whole = getattr(one, "fragmentOf", None) or f"@{one.xmiID}"
            mark = Mark(one.label, (part,), None, attributes, one.note)
            before = reading.marks.get(whole, replace(mark, parts=()))
            equal(f"{place}: label of {whole}", mark.label, before.label)
            fuller = before if before.attributes or before.note else mark
            reading.marks[whole] = replace(fuller, parts=tuple(sorted((*before.parts, part))))
        for one in cas.select("webanno.custom.Relation"):
            key = lambda end: getattr(end, "fragmentOf", None) or f"@{end.xmiID}"
            ends = key(one.Governor), one.Dependent and key(one.Dependent)
            reading.relations.append((one.relationType, *ends, None))
        total += compare(place, reading, version.whole, CARRIED - {"absent"})
    return total


def own_features(place, typesystem):
    """The features of a span that are attributes; none may be called what INCEpTION keeps for itself."""
    span, relation = (list(typesystem.get_type(f"webanno.custom.{name}").features) for name in ("Span", "Relation"))
    names = [one.name for one in (*span, *relation) if one.name not in ("Governor", "Dependent")]
    wrong = [name for name in names if name.rstrip("_").lower() in RESERVED]
    equal(f"{place}: names of features that INCEpTION reserves", wrong, [])
    return [one.name for one in span if one.name not in ("label", "fragmentOf", "note")]
