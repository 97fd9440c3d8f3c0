"""Readers of the exports that stand on tokens: spaCy, Prodigy and CoNLL."""

import json
import math
import re
import warnings
from dataclasses import replace

from interchange_truth import Difference, Mark, Reading, compare, equal, equal_apart, pairs, same

MISALIGNED = r"\[W030\]"
SCHEMES = {"iob2": "IOB2", "iob1": "IOB1", "bilou": "BILOU"}


def number(identifier):
    """The number of a span of gainsay's in an id such as 3, "3", "s3" or, of a further fragment, "s3.2"."""
    return int(re.fullmatch(r"\D*(\d+)(?:\.\d+)?", str(identifier))[1])


def on_borders(starts, ends):
    """Whether a piece begins where a token begins and ends where one ends."""
    return lambda label, start, end: start in starts and end in ends


def spacy(export):
    """Doc.from_json takes every line, what it holds survives a DocBin, and ner and spancat learn from it."""
    import spacy
    from spacy.tokens import Doc, DocBin
    from spacy.training import offsets_to_biluo_tags

    nlp = spacy.blank("en")
    documents, total = [], 0
    for line in export.path.read_bytes().splitlines():
        row = json.loads(line)
        version = export.version(row["meta"]["id"], row["meta"]["annotator"])
        place = f"spacy {version}"
        document = Doc(nlp.vocab).from_json(row, validate=True)
        documents.append(document)
        due = version.pieces(on_borders({t.idx for t in document}, {t.idx + len(t) for t in document}))
        reading = Reading(document.text)
        for key, (span, one) in enumerate(zip(document.spans["sc"], row["spans"]["sc"], strict=True)):
            equal(f"{place}: {one['id']}", span.text, version.text[one["start"] : one["end"]])
            reading.marks[key] = Mark(span.label_, ((span.start_char, span.end_char),), number(one["id"]))
        total += compare(place, reading, due, frozenset())
        entities = [(span.start_char, span.end_char, span.label_) for span in document.ents]
        equal_apart(f"{place}: ents", entities, due.marks.values())
        with warnings.catch_warnings():
            warnings.filterwarnings("error", message=MISALIGNED)
            tags = offsets_to_biluo_tags(document, entities)
        equal(f"{place}: tokens that no tag fits", tags.count("-"), 0)
    same_after_docbin(nlp, documents, export.path.with_suffix(".spacy"), DocBin)
    learn(spacy, documents)
    return total


def same_after_docbin(nlp, documents, path, DocBin):
    DocBin(docs=documents).to_disk(path)
    loaded = list(DocBin().from_disk(path).get_docs(nlp.vocab))
    equal(f"{path}: documents", len(loaded), len(documents))
    for one, other in zip(loaded, documents):
        equal(f"{path}: text", one.text, other.text)
        for group in ("spans", "ents"):
            came, due = (list(doc.spans["sc"] if group == "spans" else doc.ents) for doc in (one, other))
            same(f"{path}: {group}", *([(s.label_, s.start_char, s.end_char) for s in spans] for spans in (came, due)))


def learn(spacy, documents):
    """One epoch of the smallest ner and spancat; every label is learnt and no span is passed over."""
    from spacy.tokens import Doc
    from spacy.training import Example

    nlp = spacy.blank("en")
    tokens = {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 16, "depth": 1}
    tokens |= {"embed_size": 200, "window_size": 1, "maxout_pieces": 2, "subword_features": False}
    nlp.add_pipe("ner", config={"model": {"tok2vec": tokens, "hidden_width": 16}})
    sizes = {"@misc": "spacy.ngram_suggester.v1", "sizes": [1, 2, 3]}
    nlp.add_pipe("spancat", config={"spans_key": "sc", "suggester": sizes, "model": {"tok2vec": tokens}})
    plain = [
        Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]) for doc in documents
    ]
    documents = [Doc(nlp.vocab).from_bytes(doc.to_bytes()) for doc in documents]
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=MISALIGNED)
        examples = [Example(one, other) for one, other in zip(plain, documents)]
        nlp.initialize(lambda: examples)
        losses = nlp.update(examples)
    finite = {name for name, loss in losses.items() if math.isfinite(loss)}
    equal("spacy: components with a loss", finite, {"ner", "spancat"})
    labels = {span.label_ for document in documents for span in document.spans["sc"]}
    equal("spacy: labels of spancat", set(nlp.get_pipe("spancat").labels), labels)


def prodigy(export):
    """The tokens make spaCy's Doc, and token numbers and offsets of spans and relations name the same places."""
    import spacy
    from spacy.tokens import Doc

    from interchange_lines import table

    vocabulary, total = spacy.blank("en").vocab, 0
    for row in table(export):
        version = export.version(row["meta"]["id"], row["meta"]["annotator"])
        place = f"prodigy {version}"
        equal(f"{place}: answer and text", (row["answer"], row["text"]), ("accept", version.text))
        tokens = row["tokens"]
        document = Doc(vocabulary, words=[t["text"] for t in tokens], spaces=[t["ws"] for t in tokens])
        numbered = [(t.i, t.idx, t.idx + len(t)) for t in document]
        equal(f"{place}: tokens, one after another", [(t["id"], t["start"], t["end"]) for t in tokens], numbered)
        due = version.pieces(on_borders({start for _, start, _ in numbered}, {end for _, _, end in numbered}))
        reading = prodigy_reading(place, document, row)
        total += compare(place, reading, due, frozenset({"attributes", "note", "relations"}))
    return total


def prodigy_reading(place, document, row):
    reading = Reading(document.text)
    for span in row["spans"]:
        mark = Mark(span["label"], ((span["start"], span["end"]),), number(span["id"]), pairs(span["attributes"]))
        reading.marks[prodigy_key(place, document, span)] = replace(mark, note=span.get("note"))
    equal(f"{place}: spans that stand twice", len(row["spans"]) - len(reading.marks), 0)
    for relation in row["relations"]:
        spans = relation["head_span"], relation["child_span"]
        ends = [span["token_end"] for span in spans]
        equal(f"{place}: ends of {relation['label']}", [relation["head"], relation["child"]], ends)
        keys = (prodigy_key(place, document, span) for span in spans)
        reading.relations.append((relation["label"], *keys, None))
    return reading


def prodigy_key(place, document, span):
    """What a span is known by, once its tokens are seen to be its offsets; `token_end` is inclusive."""
    covered = document[span["token_start"] : span["token_end"] + 1]
    offsets = span["start"], span["end"]
    equal(f"{place}: offsets of {span['id']}", offsets, (covered.start_char, covered.end_char))
    return span["id"], span["label"], offsets


def conll(export):
    """seqeval, strict, finds in the files together every span that lies in one sentence, in every tag scheme."""
    from seqeval import scheme as schemes
    from seqeval.metrics import f1_score

    scheme = getattr(schemes, SCHEMES[export.options[-1]])
    files, total = {}, 0
    for layer, path in layers(export).items():
        sections = read_conll(path)
        tags = [[tag for _, tag in sentence] for _, _, sentences in sections for sentence in sentences]
        if any(tag != "O" for sentence in tags for tag in sentence):
            score = f1_score(tags, tags, mode="strict", scheme=scheme)
            equal(f"{path.name}: score of the tags against themselves", score, 1)
        equal(f"{path.name}: versions", [section[:2] for section in sections], sorted(export.left))
        files[layer] = {section[:2]: section[2] for section in sections}
    for key in list(export.left):
        version = export.version(*key)
        place = f"{export.name} {version}"
        marks, offsets = [], []
        for layer, sections in files.items():
            offsets = word_offsets(place, version.text, sections[key])
            parsed = schemes.Entities([[tag for _, tag in one] for one in sections[key]], scheme=scheme).entities
            marks += conll_marks(f"{place}, {layer}", version, layer, sections[key], offsets, parsed)
        due = version.pieces(in_one_sentence(offsets))
        total += compare(place, Reading(version.text, dict(enumerate(marks))), due, frozenset())
    return total


def conll_marks(place, version, layer, sentences, offsets, parsed):
    """The spans of one file, each of the kind that the file is named for; no tag is left over."""
    marks = []
    for sentence, words, entities in zip(sentences, offsets, parsed, strict=True):
        tagged = [at for at, (_, tag) in enumerate(sentence) if tag != "O"]
        covered = [at for one in entities for at in range(one.start, one.end)]
        equal(f"{place}: words with a tag, in {' '.join(word for word, _ in sentence)!r}", covered, tagged)
        for one in entities:
            if layer is not None:
                equal(f"{place}: kind of {one.tag}", version.kinds[one.tag], layer.split("-")[0])
            marks.append(Mark(one.tag, ((words[one.start][0], words[one.end - 1][1]),)))
    return marks


def layers(export):
    """`{kind, or kind-2 and so on where spans of it overlap: file}`; the one file, without a kind, where none do."""
    if export.path.exists():
        return {None: export.path}
    stem = export.path.name.removesuffix(".conll")
    found = {path.name.split(".")[-2]: path for path in sorted(export.path.parent.glob(f"{stem}.*.conll"))}
    kinds = {version.kinds[mark.label] for version in export.left.values() for mark in version.whole.marks.values()}
    equal(f"{export.path}: kinds of no span", {layer.split("-")[0] for layer in found} - kinds, set())
    return found


def in_one_sentence(offsets):
    """Whether a piece begins where a word begins and ends where a word of the same sentence ends."""
    starts = {start: place for place, sentence in enumerate(offsets) for start, _ in sentence}
    ends = {end: place for place, sentence in enumerate(offsets) for _, end in sentence}
    return lambda label, start, end: start in starts and starts[start] == ends.get(end)


def read_conll(path):
    """`[(document, annotator, sentences of (word, tag))]`; four columns with one blank between."""
    sections = []
    for block in path.read_bytes().decode("utf-8").removesuffix("\n").split("\n\n"):
        rows = [line.split(" ") for line in block.split("\n") if line]
        for row in rows:
            equal(f"{path.name}: columns of {' '.join(row)!r}", len(row), 4)
        if rows and rows[0][0] == "-DOCSTART-":
            equal(f"{path.name}: lines beside {rows[0]}", len(rows), 1)
            sections.append((rows[0][1], rows[0][2], []))
        elif rows:
            equal(f"{path.name}: columns between word and tag", {tuple(row[1:3]) for row in rows}, {("-X-", "-X-")})
            sections[-1][2].append([(row[0], row[3]) for row in rows])
    return sections


def word_offsets(place, text, sentences):
    """`(start, end)` of every word; the words are the text but for white space."""
    offsets, reach = [], 0
    for sentence in sentences:
        offsets.append([])
        for word, _ in sentence:
            start = text.find(word, reach)
            if start < 0 or text[reach:start].strip():
                raise Difference(f"{place}: {word!r} is not what follows {text[max(0, reach - 20):reach]!r}")
            reach = start + len(word)
            offsets[-1].append((start, reach))
    equal(f"{place}: text after the last word", text[reach:].strip(), "")
    return offsets
