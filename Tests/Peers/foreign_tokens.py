"""Files that stand on tokens: spaCy's and Prodigy's JSON lines, datasets' token classification, columns of CoNLL."""

import json

from foreign_trip import Text

LABELS = ["PER", "ORG", "per", "WORK OF ART", "B-X", "e\u0301", "é", "\u0130", ","]
TAGS = ["PER", "ORG", "B-X", "é"]


def lines(path):
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def write(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8", newline="\n")


def documents(chance, count):
    """spaCy's documents: English words and marks, with blanks and line ends as tokens of their own."""
    import spacy

    nlp = spacy.blank("en")
    for number in range(count):
        yield number, nlp(Text(chance).text)


def some(chance, doc, count, apart=False):
    """Ranges of tokens that neither begin nor end with a blank; some twice, unless all are apart."""
    words = [token.i for token in doc if not token.is_space]
    ranges = []
    for _ in range(count):
        at = chance.randrange(len(words))
        first, last = words[at], words[min(len(words) - 1, at + chance.randrange(4))]
        if not apart or all(last < start or end <= first for start, end in ranges):
            ranges.append((first, last + 1))
    return ranges if apart else ranges + ranges[:1]


# MARK: spaCy


def spacy(trip, chance):
    """Entities, two groups of spans, categories and sentences; Doc.from_json reads what comes back."""
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

    rows = []
    for number, doc in documents(chance, 6):
        name = lambda: chance.choice(["", "", "Q42", "🏮 1"])
        span = lambda first, last: Span(doc, first, last, label=chance.choice(LABELS), kb_id=name())
        doc.ents = [span(*places) for places in some(chance, doc, 5, apart=True)]
        if number != 1:
            doc.spans["claims"] = [span(*places) for places in some(chance, doc, 4)]
            doc.spans["sc"] = [span(*places) for places in some(chance, doc, 4)]
        if number % 2:
            doc.cats = {"politics": 1.0, "sport": 0.0, "doubt": 0.25}
        if number == 5:
            for token in doc:
                token.is_sent_start = token.i == 0 or doc[token.i - 1].text == "."
        row = doc.to_json()
        # Entities have names in a knowledge base, which to_json leaves out.
        for one, ent in zip(row["ents"], doc.ents, strict=True):
            one["kb_id"] = ent.kb_id_
        rows.append(row | {"meta": {"id": f"doc{number}"}})
    write(trip.made / "made.jsonl", rows)
    trip.take("spacy", trip.made)
    came = {row["meta"]["id"]: row for row in lines(trip.give("spacy"))}
    trip.same("documents", came, [row["meta"]["id"] for row in rows])
    for due in rows:
        name = due["meta"]["id"]
        read = [trip.read(lambda row: Doc(Vocab()).from_json(row, validate=True), row) for row in (came.get(name), due)]
        if read[0] is None:
            continue
        trip.counts["documents"] += 1
        trip.counts["annotations"] += len(due["ents"]) + sum(map(len, due.get("spans", {}).values()))
        compare_spacy(trip, name, came[name], due, *read)


def compare_spacy(trip, name, came, due, came_doc, due_doc):
    trip.equal(f"{name}: text", came_doc.text, due_doc.text)
    said = "what is said of tokens"
    trip.same(f"{name}: tokens", *([(one.idx, one.text) for one in doc] for doc in (came_doc, due_doc)), said)
    sentences = [[one.idx for one in doc if one.is_sent_start] for doc in (came_doc, due_doc)]
    trip.equal(f"{name}: sentences", *sentences)
    needle = lambda one: f"“{one[0]}” of the document"
    trip.same(f"{name}: cats", came_doc.cats.items(), due_doc.cats.items(), needle, "of the text")
    key = lambda one: (one["start"], one["end"], one["label"], one.get("kb_id", ""))
    trip.same(f"{name}: ents", *(map(key, row["ents"]) for row in (came, due)), "which is the same as another")
    groups = [doc.spans for doc in (came_doc, due_doc)]
    # A text that had entities but no groups comes back with the usual group; every export says so.
    usual = {"sc"} if not groups[1] else set()
    for group in sorted((set(groups[0]) | set(groups[1])) - usual):
        spans = ([] if group not in found else found[group] for found in groups)
        places = ([(one.start_char, one.end_char, one.label_, one.kb_id_) for one in spans_] for spans_ in spans)
        trip.same(f"{name}: group {group}", *places, "which is the same as another")


# MARK: Prodigy


def prodigy(trip, chance):
    """Tasks as Prodigy writes them, with spaCy's tokens, relations by tokens and keys that annotators filled."""
    rows = []
    for number, doc in documents(chance, 6):
        spans = [
            {"start": doc[first].idx, "end": doc[last - 1].idx + len(doc[last - 1]), "token_start": first}
            | {"token_end": last - 1, "label": chance.choice(LABELS)}
            for first, last in some(chance, doc, 5)
        ]
        relations = []
        for _ in range(3 if number % 2 else 0):
            head, child = chance.sample(spans[:5], 2)
            ends = {"head": head["token_end"], "child": child["token_end"], "head_span": head, "child_span": child}
            relations.append(ends | {"label": chance.choice(["says", "says of", "Says"])})
        row = {"text": doc.text, "meta": {"id": f"doc{number}", "source": "made"}, "_input_hash": number}
        row |= {"_task_hash": -number, "answer": "accept", "_timestamp": 1700000000, "_view_id": "spans_manual"}
        row["tokens"] = [
            {"text": one.text, "start": one.idx, "end": one.idx + len(one), "id": one.i, "ws": bool(one.whitespace_)}
            for one in doc
        ]
        row |= {"spans": spans} | ({"relations": relations} if relations else {})
        row |= {"comment": "why 🚢?", "accept": ["yes", "no"]} if number == 2 else {}
        rows.append(row)
    write(trip.made / "made.jsonl", rows)
    trip.take("prodigy", trip.made)
    came = {row["meta"]["id"]: row for row in lines(trip.give("prodigy"))}
    trip.same("documents", came, [row["meta"]["id"] for row in rows])
    for due in rows:
        if row := came.get(due["meta"]["id"]):
            compare_prodigy(trip, due["meta"]["id"], row, due)


def compare_prodigy(trip, name, came, due):
    trip.counts["documents"] += 1
    trip.counts["annotations"] += len(due["spans"])
    trip.counts["relations"] += len(due.get("relations", ()))
    trip.equal(f"{name}: text", came["text"], due["text"])
    trip.equal(f"{name}: answer", came["answer"], due["answer"])
    words = [[one for one in row["tokens"] if one["text"].strip()] for row in (came, due)]
    trip.same(f"{name}: tokens", *([(one["text"], one["start"], one["end"]) for one in row] for row in words))
    blanks = [[one["text"] for one in row["tokens"] if not one["text"].strip()] for row in (came, due)]
    trip.equal(f"{name}: tokens of blanks", *blanks)

    def key(row, span):
        covered = row["tokens"][span["token_start"] : span["token_end"] + 1]
        return span["start"], span["end"], span["label"], *(one["text"] for one in covered if one["text"].strip())

    spans = ([key(row, one) for one in row["spans"]] for row in (came, due))
    trip.same(f"{name}: span", *spans, "which is the same as another")
    ends = lambda row, one: (one["label"], key(row, one["head_span"]), key(row, one["child_span"]))
    relations = ([ends(row, one) for one in row.get("relations", ())] for row in (came, due))
    trip.same(f"{name}: relation", *relations, "which stands twice", "to a span that is the same")
    for item in due["meta"].keys() - {"id"}:
        trip.equal(f"{name}: meta: {item}", came["meta"].get(item), due["meta"][item], f"“{item}” in “meta”")
    for item in ("comment", "accept"):
        needles = {"comment": "as a whole not written", "accept": "“accept” of the document"}
        trip.equal(f"{name}: {item}", came.get(item), due.get(item), needles[item])


# MARK: datasets


def tagged(chance, count):
    """IOB2 tags of so many tokens; spans of one label may touch."""
    tags = []
    while len(tags) < count:
        label = chance.choice(TAGS)
        tags += ["O"] * chance.randrange(3) + [f"B-{label}"] + [f"I-{label}"] * chance.randrange(3)
    return tags[:count]


def sentences(chance):
    """The words of a text, sentence by sentence."""
    text = Text(chance)
    return [[text.text[start:end] for start, end in places] for places in text.tokens]


def hf_tokens(trip, chance):
    """Rows of tokens with numbers for tags, whose names stand beside them; names come back."""
    from datasets import ClassLabel, Dataset, Features, Sequence, Value, disable_progress_bars, load_dataset

    disable_progress_bars()
    names = ["O"] + [f"{part}-{label}" for label in TAGS for part in "BI"]
    words = [one for _ in range(4) for one in sentences(chance)]
    tags = [tagged(chance, len(one)) for one in words]
    rows = {"id": [str(at) for at in range(len(words))], "tokens": words}
    rows["ner_tags"] = [[names.index(tag) for tag in one] for one in tags]
    kinds = {"tokens": Sequence(Value("string")), "ner_tags": Sequence(ClassLabel(names=names))}
    features = Features(id=Value("string"), **kinds)
    Dataset.from_dict(rows, features=features).to_json(trip.made / "made.json", force_ascii=False)
    info = {"features": {"ner_tags": {"feature": {"names": names, "_type": "ClassLabel"}, "_type": "Sequence"}}}
    (trip.made / "dataset_info.json").write_text(json.dumps(info), "utf-8")
    if not trip.imported("hf-tokens", trip.made / "made.json"):
        trip.unnamed.append(f"{trip.name}: import refuses made.json:\n{trip.refusal}")
        return
    place = trip.give("hf-tokens").rename(trip.folder / "out.jsonl")
    load = lambda path: load_dataset("json", data_files=str(path), cache_dir=str(trip.folder / "cache"), split="train")
    came = trip.read(load, place)
    if came is None:
        return
    trip.counts["documents"] += len(words)
    trip.counts["annotations"] += sum(tag.startswith("B-") for one in tags for tag in one)
    trip.equal("columns", sorted(set(came.column_names) - {"annotator"}), sorted(rows))
    trip.same("ids", came["id"], rows["id"])
    found = {row["id"]: row for row in came}
    for at, name in enumerate(rows["id"]):
        if name in found:
            trip.equal(f"tokens of {name}", found[name]["tokens"], words[at])
            trip.same(f"tags of {name}", *(map(str, enumerate(one)) for one in (found[name]["ner_tags"], tags[at])))


# MARK: CoNLL


def read_columns(path):
    """`[[columns of a token, …] of a sentence, …]` without lines of `-DOCSTART-` and comments."""
    blocks = path.read_bytes().decode("utf-8").split("\n\n")
    rows = [[line.split("\t" if "\t" in line else " ") for line in block.split("\n") if line] for block in blocks]
    rows = [[row for row in block if row[0] != "-DOCSTART-" and not row[0].startswith("# ")] for block in rows]
    return [block for block in rows if block]


def conll(trip, chance):
    """CoNLL-2003: token, part of speech and two columns of tags; each comes back in a file of its own."""
    path = trip.made / "made.conll"
    made, lines = [], ["-DOCSTART- -X- O O", ""]
    for number in range(20):
        words = chance.choice(sentences(chance))
        chunks, names = (tagged(chance, len(words)) for _ in range(2))
        rows = [list(row) for row in zip(words, ["NN"] * len(words), chunks, names)]
        made.append(rows)
        lines += [" ".join(row) for row in rows] + [""]
    path.write_text("\n".join(lines), "utf-8", newline="\n")
    if not trip.imported("conll", path):
        trip.unnamed.append(f"{trip.name}: import refuses made.conll:\n{trip.refusal}")
    trip.differ("parts of speech", r"the column")
    columns = {name: [[row[at] for row in one] for one in made] for name, at in (("chunks", 2), ("names", 3))}
    compare_columns(trip, trip.give("conll"), [[row[0] for row in one] for one in made], columns)


def conllu(trip, chance):
    """CoNLL-U: the tags stand in the last column; gainsay writes them as CoNLL."""
    path = trip.made / "made.conllu"
    words, tags, lines = [], [], ["# newdoc id = made"]
    for number in range(20):
        words.append(chance.choice(sentences(chance)))
        tags.append(tagged(chance, len(words[-1])))
        lines += [f"# sent_id = {number + 1}", f"# text = {' '.join(words[-1])}"]
        for at, (word, tag) in enumerate(zip(words[-1], tags[-1])):
            head = "0\troot" if at == 0 else "1\tdep"
            rest = f"NER={tag}" + "|SpaceAfter=No" * (at % 3 == 0)
            lines.append(f"{at + 1}\t{word}\t{word.lower()}\tX\t_\t_\t{head}\t_\t{rest}")
        lines.append("")
    path.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    if not trip.imported("conllu", path):
        trip.unnamed.append(f"{trip.name}: import refuses made.conllu:\n{trip.refusal}")
    trip.differ("lemmas, parts of speech, heads", r"the column")
    compare_columns(trip, trip.give("conll"), words, {"names": tags})


def compare_columns(trip, place, words, columns):
    """Every column of tags is one of the files, line by line."""
    paths = sorted(place.parent.glob(f"{place.name}*"))
    trip.counts["documents"] += 1
    files = [(path.name, read_columns(path)) for path in paths if path.is_file()]
    for name, rows in files:
        trip.equal(f"{name}: words", [[row[0] for row in one] for one in rows], words)
    left = [[[row[-1] for row in one] for one in rows] for _, rows in files]
    for name, tags in columns.items():
        trip.counts["annotations"] += sum(tag.startswith("B-") for one in tags for tag in one)
        if tags in left:
            left.remove(tags)
            continue
        flat = [(at, tag) for at, one in enumerate(tags) for tag in enumerate(one)]
        nearest = [[(at, tag) for at, one in enumerate(other) for tag in enumerate(one)] for other in left] or [[]]
        other = min(nearest, key=lambda other: len(set(flat) ^ set(other)))
        trip.same(f"tags of {name}", other, flat)
