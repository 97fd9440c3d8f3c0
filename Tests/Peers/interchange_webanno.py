"""A strict reader of WebAnno TSV 3.3, from the user guide's description and what INCEpTION's own reader does.

Source: INCEpTION, *User Guide*, “WebAnno TSV 3.3 File format”; `Tsv3XDeserializer` and `Escaping` for what its text
does not say: in `#Text=` only control characters and the backslash are escaped, and an empty line may not end the
file. That reader rebuilds the text: the `#Text=` lines of a sentence, a line feed after each, and blanks before the
first token where its offset asks for them. What it passes over in silence is refused here: a token that is not its
offsets' text, a gap inside an annotation, stacked values that do not match, an annotation over rows without an id.
"""

import re
from dataclasses import dataclass, field

RESERVED = (
    "address begin end coveredtext booleanvalue doublevalue bytevalue cas casimpl class featurevalue floatvalue "
    "longvalue lowlevelcas printrefs sofa stringvalue type typeindexid view governor dependent first next"
).split()  # names that INCEpTION refuses to give a feature, in any case


class Refused(Exception):
    """A place of the file that its reader cannot take."""


def require(holds, line, what):
    if not holds:
        raise Refused(f"line {line}: {what}")


@dataclass
class Annotation:
    """A span: UTF-16 offsets, values by feature; `rows` are the tokens that carry it."""

    begin: int
    end: int
    values: dict = field(default_factory=dict)
    rows: list = field(default_factory=list)


@dataclass
class Content:
    """A file's text, spans by layer, and relations `(layer, values, governor, dependent)`."""

    text: str = ""
    spans: dict = field(default_factory=dict)
    relations: list = field(default_factory=list)


def units(text):
    return len(text.encode("utf-16-le")) // 2


def unescape_text(line):
    named = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b", "\\": "\\"}
    return re.sub(r"\\([tnfrb\\\x00-\x07\x0e-\x1f])", lambda match: named.get(match[1], match[1]), line)


def unescape_value(value):
    named = {"t": "\t", "n": "\n"}
    return re.sub(r"\\(->|[\\\[\]|_;tn*])", lambda match: named.get(match[1], match[1]), value)


def split_id(value):
    """`claim[3]` is `("claim", "3")`; an escaped bracket is none."""
    if value.endswith("]") and not value.endswith("\\]"):
        return value[: value.rindex("[")], value[value.rindex("[") + 1 : -1]
    return value, None


class Reader:
    """Goes through the rows of a file once."""

    def __init__(self, source):
        self.lines = source.split("\n")
        require(self.lines.pop() == "", len(self.lines) + 1, "the last line has no end")
        self.content = Content()
        self.by_id, self.by_row = {}, {}
        self.tokens, self.deferred = [], []
        self.read_header()
        self.read_sentences()
        for relate in self.deferred:
            relate()
        self.check_spans()

    def read_header(self):
        require(self.lines[0] == "#FORMAT=WebAnno TSV 3.3", 1, f"{self.lines[0]!r} is not the format")
        self.layers, self.place = [], 1
        while line := self.lines[self.place]:
            match = re.fullmatch(r"#T_(SP|RL)=([\w.]+)\|(.+)", line)
            require(match, self.place + 1, f"{line!r} declares no span or relation layer")
            features = match[3].split("|")
            base = features.pop().removeprefix("BT_") if match[1] == "RL" else None
            require(base is None or base in (name for _, name, _, _ in self.layers), self.place + 1, f"no layer {base}")
            for name in features:
                require(re.fullmatch(r"[A-Za-z]\w*", name, re.A), self.place + 1, f"{name!r} cannot name a feature")
                require(name.lower() not in RESERVED, self.place + 1, f"INCEpTION reserves the feature name {name!r}")
            self.layers.append((match[1], match[2], features, base))
            self.content.spans.setdefault(match[2], [])
            self.place += 1
        require(self.lines[self.place : self.place + 2] == ["", ""], self.place + 1, "two empty lines end the header")
        self.place += 2
        self.columns = sum(len(features) + (kind == "RL") for kind, _, features, _ in self.layers)

    def read_sentences(self):
        sentence = 0
        while self.place < len(self.lines):
            sentence += 1
            texts = []
            while self.place < len(self.lines) and self.lines[self.place].startswith("#Text="):
                texts.append(unescape_text(self.lines[self.place].removeprefix("#Text=")))
                self.place += 1
            require(texts, self.place + 1, "a sentence begins with #Text=")
            token = part = 0
            while self.place < len(self.lines) and self.lines[self.place]:
                row = self.lines[self.place].split("\t")
                token, part = (token, part + 1) if "." in row[0] else (token + 1, 0)
                due = f"{sentence}-{token}" + (f".{part}" if part else "")
                require(row[0] == due, self.place + 1, f"{row[0]!r} comes, {due!r} is due")
                self.read_unit(row, texts if (token, part) == (1, 0) else None)
                self.place += 1
            require(token, self.place + 1, "a sentence has a token")
            self.place += 1
            require(self.place != len(self.lines), self.place, "an empty line ends the file, where a sentence is due")

    def read_unit(self, row, texts):
        """A row of a token or of a part of one; `texts` are those of the sentence that it begins."""
        complete = len(row) == self.columns + 4 and row[-1] == ""
        require(complete, self.place + 1, f"{self.columns + 3} fields with a tab after each, not {len(row) - 1}")
        begin, end = map(int, re.fullmatch(r"(\d+)-(\d+)", row[1]).groups())
        if texts is not None:
            self.begin_sentence(texts, begin)
        if "." not in row[0]:
            before = self.tokens[-1][1] if self.tokens else 0
            require(before <= begin < end, self.place + 1, f"tokens follow each other; the last ends at {before}")
            self.tokens.append((begin, end, row[0]))
        inside = self.tokens[-1][0] <= begin <= end <= self.tokens[-1][1]
        require(inside, self.place + 1, "a sub-token lies in its token")
        covered = self.content.text.encode("utf-16-le")[2 * begin : 2 * end].decode("utf-16-le")
        require(row[2] == covered, self.place + 1, f"{row[2]!r} stands for {covered!r}")
        self.read_values(row, begin, end)

    def begin_sentence(self, texts, begin):
        text = self.content.text
        if units(text) > begin:
            require(units(text) == begin + 1, self.place + 1, "the sentence begins inside the one before")
            text = text[:-1]
        self.content.text = text + " " * (begin - units(text)) + "".join(line + "\n" for line in texts)

    def read_values(self, row, begin, end):
        column = 3
        for kind, name, features, base in self.layers:
            width = len(features) + (kind == "RL")
            fields = row[column : column + width]
            column += width
            if fields == ["_"] * width:
                continue
            stacks = [re.split(r"(?<!\\)\|", value) for value in fields]
            require(len({len(stack) for stack in stacks}) == 1, self.place + 1, f"{fields} are stacked unevenly")
            require("_" not in fields, self.place + 1, f"{fields} is half empty")
            for values in zip(*stacks):
                if kind == "SP":
                    self.read_span(name, features, values, begin, end, row[0], len(stacks[0]) > 1)
                else:
                    self.read_relation(name, features, values, base, row[0])

    def read_span(self, layer, features, values, begin, end, unit, stacked):
        values, ids = zip(*map(split_id, values))
        require(len(set(ids)) == 1, self.place + 1, f"ids {ids} differ within an annotation")
        require(ids[0] or not stacked, self.place + 1, "stacked annotations need ids")
        found = dict(zip(features, (None if value == "*" else unescape_value(value) for value in values)))
        annotation = self.by_id.get((layer, ids[0])) if ids[0] else None
        if annotation is None:
            annotation = Annotation(begin, end, found)
            self.content.spans[layer].append(annotation)
        require(annotation.values == found, self.place + 1, f"{annotation.values} is {found} here")
        annotation.end = end
        annotation.rows.append((begin, end))
        if ids[0]:
            require(ids[0] != "0", self.place + 1, "0 is no id")
            self.by_id[layer, ids[0]] = annotation
        self.by_row.setdefault((layer, unit), []).append(annotation)

    def read_relation(self, layer, features, values, base, unit):
        *values, reference = values
        source, ids = split_id(reference)
        ids = ids.split("_") if ids else ["0", "0"]
        values = [None if value == "*" else unescape_value(value) for value in values]
        place = self.place

        def relate():
            governor, dependent = (self.resolve(base, at, key, place) for at, key in zip((source, unit), ids))
            self.content.relations.append((layer, dict(zip(features, values)), governor, dependent))

        self.deferred.append(relate)

    def resolve(self, layer, unit, key, place):
        """The annotation that begins on that row; the id says which, where there are several or it has one."""
        here = self.by_row.get((layer, unit), [])
        if key == "0":
            require(len(here) == 1, place + 1, f"{unit} has {len(here)} annotations, and the relation names no id")
            return here[0]
        annotation = self.by_id.get((layer, key))
        require(annotation is not None, place + 1, f"no annotation has the id {key}")
        require(any(one is annotation for one in here), place + 1, f"annotation {key} is not on row {unit}")
        first = next(token for token in self.tokens if token[1] > annotation.begin)
        require(unit.split(".")[0] == first[2], place + 1, f"annotation {key} does not begin on row {unit}")
        return annotation

    def check_spans(self):
        """Every token inside an annotation carries it."""
        for one in (one for spans in self.content.spans.values() for one in spans):
            whole = [token[:2] for token in self.tokens if one.begin <= token[0] and token[1] <= one.end]
            missing = [token for token in whole if token not in one.rows]
            require(not missing or len(one.rows) == 1, "-", f"{one} passes over the tokens at {missing}")


def read_tsv(source):
    """The content of a file's text; raises `Refused`."""
    return Reader(source).content
