"""Files of the bioc package: collections of one document with passages, in XML and in JSON."""

import re
from collections import Counter
from unicodedata import normalize

from foreign_trip import Text, paired

TYPES = ["Gene", "gene", "Disease or Syndrome", "B-X", "PRP$", ",", "e\u0301", "é", None]
SENTENCES = 4
VALUES = ["NCBI:672", "a, b", "two\nlines", " edge ", "🏮 & <b>", "0", "é"]
SHAPES = [(2, ["Arg1", "Arg2"]), (2, ["", ""]), (2, ["Agent", ""]), (3, ["Cause", "Theme", "Site"]), (1, ["Arg1"])]


def make(chance, number):
    """A document: passages, some of sentences, with gaps between; annotations stacked, with gaps, without infons."""
    import bioc

    document = bioc.BioCDocument()
    document.id = f"doc{number}"
    document.infons = {"journal": chance.choice(VALUES), "year": "2021"} if number != 1 else {}
    offset, known = 0, []
    for place in range(3):
        text = Text(chance, 3)
        passage = bioc.BioCPassage()
        passage.offset = offset
        passage.infons = {"type": ["title", "abstract", "body"][place]} if number % 2 else {}
        pieces = [(passage, text, range(3))]
        if number == SENTENCES:
            pieces = []
            for at, (start, end) in enumerate(text.sentences):
                sentence = bioc.BioCSentence()
                sentence.offset, sentence.text = offset + start, text.text[start:end]
                passage.add_sentence(sentence)
                pieces.append((sentence, text, [at]))
        else:
            passage.text = text.text
        for owner, text, sentences in pieces:
            for _ in range(5 if owner is passage else 2):
                known += annotate(chance, owner, text, sentences, offset, len(known))
        mine = [one.id for owner, _, _ in pieces for one in owner.annotations]
        for _ in range(3):
            passage.add_relation(relation(chance, mine, f"R{place}{len(passage.relations) + 1}"))
        document.add_passage(passage)
        offset += len(text.text) + chance.choice([0, 1, 1, 2])
    for number in range(3):
        document.add_relation(relation(chance, known, f"RD{number + 1}"))
    collection = bioc.BioCCollection()
    collection.source, collection.date, collection.key = "made", "20240101", "made.key"
    collection.add_document(document)
    return collection


def annotate(chance, owner, text, sentences, offset, count):
    """Adds one annotation to a passage or sentence, at times a twin of another type; returns the ids."""
    import bioc

    tokens = text.tokens[chance.choice(list(sentences))]
    first = chance.randrange(len(tokens))
    last = min(len(tokens) - 1, first + chance.randrange(5))
    ranges = [(tokens[first][0], tokens[last][1])]
    if last - first > 1 and chance.random() < 0.5:
        ranges = [tokens[first], (tokens[last][0], tokens[last][1])]
    ids, kind = [], chance.randrange(len(TYPES))
    for twin in range(chance.choice([1, 1, 1, 2])):
        one = bioc.BioCAnnotation()
        one.id = f"T{count + twin + 1}"
        one.infons = {"type": TYPES[(kind + twin) % len(TYPES)]} if TYPES[(kind + twin) % len(TYPES)] else {}
        one.infons |= {"identifier": chance.choice(VALUES)} if chance.random() < 0.5 else {}
        one.infons |= {"note": "see 🚢 there"} if chance.random() < 0.2 else {}
        one.text = " ".join(text.text[start:end] for start, end in ranges)
        for start, end in ranges:
            one.add_location(bioc.BioCLocation(offset + start, end - start))
        owner.add_annotation(one)
        ids.append(one.id)
    return ids


def relation(chance, known, name):
    import bioc

    one = bioc.BioCRelation()
    one.id = name
    one.infons = {"type": chance.choice(["binds", "part of", "Binds"])}
    one.infons |= {"score": "0.9"} if chance.random() < 0.3 else {}
    count, roles = chance.choice(SHAPES)
    for target, role in zip(chance.sample(known, count), roles):
        one.add_node(bioc.BioCNode(target, role))
    if chance.random() < 0.1:
        one.nodes = [one.nodes[0], bioc.BioCNode(one.nodes[0].refid, "self")]
    return one


class Content:
    """What stands in a document, by the places of its text: nothing has an id."""

    def __init__(self, collection):
        (document,) = collection.documents
        self.infons = {key: value for key, value in document.infons.items() if key != "annotator"}
        self.passages = [(one.offset, sorted(one.infons.items())) for one in document.passages]
        self.texts, self.annotations, self.relations = [], {}, []
        for passage in document.passages:
            for owner in [passage, *passage.sentences]:
                if owner.text:
                    self.texts.append((owner.offset, owner.text))
                for one in owner.annotations:
                    places = tuple((location.offset, location.end) for location in one.locations)
                    self.annotations[one.id] = places, tuple(sorted(one.infons.items())), one.text
        owners = [document, *document.passages, *(one for passage in document.passages for one in passage.sentences)]
        for one in (one for owner in owners for one in owner.relations):
            nodes = tuple((self.end(node.refid), node.role) for node in one.nodes)
            rest = tuple(sorted((key, value) for key, value in one.infons.items() if key != "type"))
            self.relations.append((one.infons.get("type"), nodes, rest, one.id))

    def end(self, name):
        """What a relation leads to; how a type is spelt is told of the annotation itself."""
        places, infons, _ = self.annotations[name]
        return places, normalize("NFC", dict(infons).get("type", "annotation"))


def compare(trip, document, came, due):
    trip.counts["documents"] += 1
    trip.counts["annotations"] += len(due.annotations)
    trip.counts["relations"] += len(due.relations)
    whole = "".join(text for _, text in came.texts)
    for offset, text in due.texts:
        trip.equal(f"text at {offset}", whole[offset : offset + len(text)], text, document=document)
    needle = lambda infon: f"“{infon[0]}” of the document"
    trip.same("infons of the document", came.infons.items(), due.infons.items(), needle, document=document)
    borders = [offset for offset, _ in due.texts]
    trip.equal("passages", [offset for offset, _ in came.texts], borders, "the borders of", document=document)
    for offset, infons in due.passages:
        trip.equal(f"infons of the passage at {offset}", [], infons, "what is said of a passage", document=document)
    compare_annotations(trip, document, *(Counter(one.annotations.values()) for one in (came, due)))
    compare_relations(trip, document, came, due)


def compare_annotations(trip, document, came, due):
    """Annotations that differ are paired by their places and told infon by infon."""
    both = (due - came).elements(), (came - due).elements()
    for one, other in paired(*both, lambda one: (one[0], one[2]), lambda one: one[1]):
        if one is None:
            trip.differ(f"added: {other}", document=document)
            continue
        if other is None:
            trip.differ(f"missing: {one}", "which is the same as another", document=document)
            continue
        before, after = dict(one[1]), dict(other[1])
        for key in sorted(before.keys() | after.keys()):
            trip.equal(f"“{key}” of {one[0]}", after.get(key), before.get(key), f"“{key}” of T", document=document)


def compare_relations(trip, document, came, due):
    """A relation of three nodes comes back as two relations from its first; infons are told one by one."""
    left = Counter((kind, nodes) for kind, nodes, _, _ in came.relations)
    for kind, nodes, rest, name in due.relations:
        pairs = [(kind, (nodes[0], other)) for other in nodes[1:]]
        for key, value in rest if pairs else ():
            needle = rf"“{key}” of the relation {name}: “{re.escape(value)}”"
            trip.differ(f"“{key}” of {name}", needle, document=document)
        if len(nodes) > 2:
            trip.differ(f"{name} of {len(nodes)} nodes", f"that {name} is one relation", document=document)
        if not pairs:
            trip.differ(f"missing: {name}", f"the relation {name} of the nodes ", document=document)
        for pair in pairs:
            if left[pair]:
                left[pair] -= 1
            else:
                own = nodes[0][0] == pair[1][1][0]
                needle = "to itself" if own else r"which stands twice|to a span that is the same"
                trip.differ(f"missing: {name}: {pair}", needle, document=document)
    for pair in left.elements():
        trip.differ(f"added: {pair}", document=document)


def round_trip(trip, chance, form, peer):
    ending = form.split("-")[1]
    for number in range(6):
        path = trip.made / f"doc{number}.{ending}"
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(peer.dumps(make(chance, number)))

    def load(path):
        with path.open("rb") if ending == "xml" else path.open(encoding="utf-8", newline="") as file:
            return Content(peer.load(file))

    trip.take(form, trip.made, f"*.{ending}")
    place = trip.give(form)
    made, written = ({path.stem: path for path in folder.rglob(f"*.{ending}")} for folder in (trip.made, place))
    trip.same("documents", written, made)
    for name in sorted(made.keys() & written.keys()):
        if came := trip.read(load, written[name]):
            compare(trip, name, came, load(made[name]))


def bioc_xml(trip, chance):
    from bioc import biocxml

    round_trip(trip, chance, "bioc-xml", biocxml)


def bioc_json(trip, chance):
    from bioc import biocjson

    round_trip(trip, chance, "bioc-json", biocjson)
