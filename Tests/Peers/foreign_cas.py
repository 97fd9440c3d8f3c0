"""Files of dkpro-cassis, as INCEpTION has them: CAS XMI beside its type system, and CAS JSON."""

from collections import Counter
from unicodedata import normalize

from foreign_trip import Text, paired

CORE = "de.tudarmstadt.ukp.dkpro.core.api."
TOKEN, SENTENCE = CORE + "segmentation.type.Token", CORE + "segmentation.type.Sentence"
POS, ENTITY = CORE + "lexmorph.type.pos.POS", CORE + "ner.type.NamedEntity"
DEPENDENCY = CORE + "syntax.type.dependency.Dependency"
META = CORE + "metadata.type.DocumentMetaData"
OWN = "webanno.custom."
ANNOTATION, BASE, STRING = "uima.tcas.Annotation", "uima.cas.AnnotationBase", "uima.cas.String"
LABELS = [",", ".", "PRP$", "``", "NN", "B-X", "a b", "é", "$(", "_", "*", "O", "a|b", 'q"', "PER", "per"]
LABELS += ["e\u0301", " edge ", "two\nlines", "Claim", "NamedEntity", "POS", "🚢", "x" * 90]
NAMES = ["http://example.org/Q42?a=1&b=2", " blank ", "tab\there", "", "🏮 <&>", "null", "true"]
SURE, WEIGHT = ("certain", "sure"), ("size", "weight")
LINKED = ("value", "PosValue", "referenceType")


def typesystem(alike):
    """The layers by type and feature; a feature of features is an array of links."""
    from cassis import TypeSystem

    types = TypeSystem()
    for name in (TOKEN, SENTENCE):
        types.create_type(name, ANNOTATION)
    for name, features in {
        POS: {"PosValue": STRING, "coarseValue": STRING},
        ENTITY: {"value": STRING, "identifier": STRING},
        DEPENDENCY: {"Governor": TOKEN, "Dependent": TOKEN, "DependencyType": STRING},
        OWN + "Claim": {"value": STRING, "sure": "uima.cas.Boolean", "weight": "uima.cas.Integer"},
    }.items():
        add(types, types.create_type(name, ANNOTATION), features)
    claim = types.get_type(OWN + "Claim")
    link = types.create_type(OWN + "ClaimLink", "uima.cas.TOP")
    add(types, link, {"role": STRING, "target": ENTITY})
    types.create_feature(claim, "links", "uima.cas.FSArray", elementType=link)
    add(types, types.create_type(OWN + "Denies"), {"Governor": claim.name, "Dependent": claim.name, "kind": STRING})
    # A second layer; at times its features are called as the first's, but have other types.
    measure = types.create_type(OWN + "Measure", ANNOTATION)
    add(types, measure, {"unit": STRING, SURE[alike]: STRING, WEIGHT[alike]: "uima.cas.Double"})
    link = types.create_type(OWN + "MeasureLink", "uima.cas.TOP")
    add(types, link, {"role": STRING, "target": claim.name})
    types.create_feature(measure, "links", "uima.cas.FSArray", elementType=link)
    part = types.create_type(OWN + "PersonLink", ANNOTATION)
    add(types, part, {"next": part.name, "referenceType": STRING, "referenceRelation": STRING})
    add(types, types.create_type(OWN + "PersonChain", BASE), {"first": part.name})
    meta = types.create_type(META, "uima.tcas.DocumentAnnotation")
    add(types, meta, {"documentTitle": STRING, "documentId": STRING})
    return types


def add(types, type_, features):
    for name, range_ in features.items():
        types.create_feature(type_, name, range_)


def make(chance, types, alike, number):
    """A CAS with every layer; spans are stacked, overlapping, empty, off the tokens; features are often unset."""
    from cassis import Cas

    text = Text(chance)
    cas = Cas(typesystem=types)
    cas.sofa_string, cas.sofa_mime = text.text, "text/plain"

    def put(type_, **features):
        one = types.get_type(type_)(**{name: value for name, value in features.items() if value is not None})
        cas.add(one)
        return one

    def may(value, likely=0.7):
        return value if chance.random() < likely else None

    title = f"doc{number}.txt"
    put(META, begin=0, end=len(text.text), documentTitle=title, documentId=f"doc{number}")
    for start, end in text.sentences:
        put(SENTENCE, begin=start, end=end)
    for ranges in text.tokens:
        tokens = [put(TOKEN, begin=start, end=end) for start, end in ranges]
        for one in tokens:
            label, coarse = may(chance.choice(LABELS), 0.9), may(chance.choice(["NOUN", "PUNCT"]))
            put(POS, begin=one.begin, end=one.end, PosValue=label, coarseValue=coarse)
        root = chance.choice(tokens)
        for one in tokens:
            above, kind = chance.choice(tokens), may(chance.choice(["nsubj", "punct"]))
            above, kind = (one, "root") if one is root else (above, kind)
            if one is root or above is not one:
                begin, end = one.begin, one.end
                put(DEPENDENCY, begin=begin, end=end, Governor=above, Dependent=one, DependencyType=kind)
    entities = []
    for _ in range(6):
        start, end = text.span(chance, off_tokens=0.2)
        for _ in range(chance.choice([1, 1, 1, 2])):
            label, name = may(chance.choice(LABELS)), may(chance.choice(NAMES), 0.4)
            entities.append(put(ENTITY, begin=start, end=end, value=label, identifier=name))
    place = chance.choice(entities)
    put(ENTITY, begin=place.begin, end=place.end, value=place.value, identifier=place.identifier)
    put(ENTITY, begin=place.begin, end=place.begin, value="EMPTY")
    claims = []
    for _ in range(6):
        features = {"value": may(chance.choice(LABELS)), "sure": may(chance.random() < 0.5)}
        features |= {"weight": may(chance.randrange(-3, 9))}
        links = linked(chance, types, OWN + "ClaimLink", entities, may)
        claims.append(put(OWN + "Claim", **places(text.span(chance, 8, 0.1)), **features, links=links))
    for _ in range(3):
        features = {"unit": may(chance.choice(LABELS)), SURE[alike]: may(chance.choice(LABELS))}
        features |= {WEIGHT[alike]: may(chance.random() - 0.5)}
        links = linked(chance, types, OWN + "MeasureLink", claims, may)
        put(OWN + "Measure", **places(text.span(chance)), **features, links=links)
    for _ in range(4):
        one, other = chance.sample(claims, 2)
        kind = may(chance.choice(["rebuts", "denies, again", "Denies"]))
        put(OWN + "Denies", begin=other.begin, end=other.end, Governor=one, Dependent=other, kind=kind)
    for length in (3, 1, 2):
        chain(chance, text, types, cas, length, may)
    return cas


def places(span):
    return {"begin": span[0], "end": span[1]}


def linked(chance, types, type_, targets, may):
    """An array of links to some of the targets, whose roles may be unset; None where there is none."""
    links = []
    for target in chance.sample(targets, chance.choice([0, 1, 1, 2])):
        role = may(chance.choice(["source", "time, later", "links", "Claim"]), 0.8)
        links.append(types.get_type(type_)(role=role, target=target))
    return types.get_type("uima.cas.FSArray")(elements=links) if links else None


def chain(chance, text, types, cas, length, may):
    parts = []
    for start, end in sorted({text.span(chance) for _ in range(length)}):
        label, role = may(chance.choice(["nam", "pro"])), may("coref")
        part = types.get_type(OWN + "PersonLink")(begin=start, end=end, referenceType=label, referenceRelation=role)
        parts.append(part)
    for part, following in zip(parts, parts[1:]):
        part.next = following
    cas.add_all(parts)
    cas.add(types.get_type(OWN + "PersonChain")(first=parts[0]))


def canon(cas):
    """The annotations as a multiset: type, place and what is set; references by type, place and label."""

    def value(one):
        if one is None or isinstance(one, (str, int, float)):
            return str(one).lower() if isinstance(one, bool) else one if one is None else str(one)
        elements = getattr(one, "elements", one)
        if isinstance(elements, (list, tuple)):
            return tuple(sorted((value(other) for other in elements), key=repr))
        if hasattr(one, "begin"):
            names = [name for name in LINKED if any(feature.name == name for feature in one.type.all_features)]
            labels = (normalize("NFC", one.get(name)) for name in names if one.get(name) is not None)
            return one.type.name.rsplit(".", 1)[-1], one.begin, one.end, *labels
        return one.type.name.rsplit(".", 1)[-1], *features(one)

    def features(one):
        names = [feature.name for feature in one.type.all_features if feature.name not in ("sofa", "begin", "end")]
        found = {name: value(one.get(name)) for name in names}
        return tuple(sorted((name, thing) for name, thing in found.items() if thing not in (None, ())))

    found = Counter()
    for one in cas.select_all():
        short = one.type.name.rsplit(".", 1)[-1]
        if short not in ("DocumentMetaData", "DocumentAnnotation", "Sofa"):
            found[one.type.name, getattr(one, "begin", None), getattr(one, "end", None), features(one)] += 1
    return found


def compare(trip, document, came, due):
    """What only one side has is paired by type and place, and then told feature by feature."""
    trip.counts["documents"] += 1
    trip.equal("text", came.sofa_string, due.sofa_string, document=document)
    came, due = canon(came), canon(due)
    relations = sum(count for one, count in due.items() if any(name in ("Governor", "first") for name, _ in one[3]))
    trip.counts["relations"] += relations
    trip.counts["annotations"] += due.total() - relations
    both = (due - came).elements(), (came - due).elements()
    for one, other in paired(*both, lambda one: one[:3], lambda one: one[3]):
        if one is None:
            trip.differ(f"added: {other}", document=document)
            continue
        short = one[0].rsplit(".", 1)[-1]
        if other is None:
            trip.differ(f"missing: {one}", *lost(short, one), document=document)
            continue
        before, after = dict(one[3]), dict(other[3])
        for name in sorted(before.keys() | after.keys()):
            needle = rf"“{name}” of (the relation )?{short} "
            trip.equal(f"“{name}” of {short} {one[1:3]}", after.get(name), before.get(name), needle, document=document)


def lost(short, one):
    """What gainsay says of an annotation that it leaves out."""
    features = dict(one[3])
    if "Governor" in features and features["Governor"] == features.get("Dependent"):
        return [rf"the relation {short} \d+ from an annotation to itself"]
    if "Governor" in features:
        return [rf"the relation {short} \d+", "which stands twice", "relations? not written"]
    if one[1] == one[2]:
        return ["which covers no words"]
    return ["which is the same as another"]


def load(path):
    import cassis

    with path.open("rb") as file:
        if path.suffix == ".json":
            return cassis.load_cas_from_json(file)
        with (path.parent / "TypeSystem.xml").open("rb") as known:
            return cassis.load_cas_from_xmi(file, typesystem=cassis.load_typesystem(known))


def round_trip(trip, chance, ending, alike=False):
    types = typesystem(alike)
    if ending == "xmi":
        types.to_xml(trip.made / "TypeSystem.xml")
    for number in range(6):
        cas = make(chance, types, alike, number)
        path = trip.made / f"doc{number}.{ending}"
        cas.to_xmi(path) if ending == "xmi" else cas.to_json(path)
    trip.take(f"cas-{ending}", trip.made, f"*.{ending}")
    place = trip.give(f"cas-{ending}")
    made, written = ({path.stem: path for path in folder.rglob(f"*.{ending}")} for folder in (trip.made, place))
    trip.same("documents", written, made)
    for name in sorted(made.keys() & written.keys()):
        due, came = load(made[name]), trip.read(load, written[name])
        if came:
            compare(trip, name, came, due)


def cas_xmi(trip, chance):
    round_trip(trip, chance, "xmi")


def cas_xmi_alike(trip, chance):
    """Two layers whose features have the same names and different types."""
    round_trip(trip, chance, "xmi", alike=True)


def cas_json(trip, chance):
    round_trip(trip, chance, "json")
