"""A round trip of foreign files: texts to mark, the way through gainsay, and the account of what differs."""

import re
from collections import Counter

from peers import Gainsay

SUBJECTS = ["Zoë", "The harbour board", "Frau Müller", "Li\u0301via N\u0303un\u0303ez", "🏮 Lantern Ltd.", "J. O'Neil"]
VERBS = ["denied", "said that", "doubts", "über\u00ADsah", "re-opened", "“claims”"]
OBJECTS = ["the ferry 🚢 sank", "cafe\u0301 prices", "3,5 % of it", "(nothing)", "a 👩‍👩‍👧 plan", "die Straße"]
OBJECTS += ["𝔘nits & <tags>"]
ENDS = [".", "!", "?", " …", ".”"]
BREAKS = [" ", " ", "\n", "\r\n", "\r\n\r\n", "\n\n"]
TOKEN = re.compile(r"[\w\u0300-\u036f\u00ad\u200d]+|[^\w\s]")


class Text:
    """An invented text: its tokens and sentences by code points."""

    def __init__(self, chance, sentences=5, breaks=BREAKS, join=" "):
        self.text, self.tokens, self.sentences = "", [], []
        for place in range(sentences):
            self.text += chance.choice(breaks) if place else ""
            parts = [chance.choice(SUBJECTS), chance.choice(VERBS), chance.choice(OBJECTS)]
            parts += ["und", chance.choice(OBJECTS)] if chance.random() < 0.5 else []
            start = len(self.text)
            self.text += join.join(parts) + chance.choice(ENDS)
            self.sentences.append((start, len(self.text)))
            self.tokens.append([(start + one.start(), start + one.end()) for one in TOKEN.finditer(self.text[start:])])

    def span(self, chance, longest=4, off_tokens=0.0):
        """A span of tokens of one sentence; at times it begins or ends inside a token."""
        tokens = chance.choice(self.tokens)
        first = chance.randrange(len(tokens))
        last = min(len(tokens) - 1, first + chance.randrange(longest))
        start, end = tokens[first][0], tokens[last][1]
        if chance.random() < off_tokens and end - start > 2:
            return (start + 1, end) if chance.random() < 0.5 else (start, end - 1)
        return start, end


def paired(missing, added, key, features):
    """`(missing, added)` of one key, those that differ least first; None for what has no partner."""
    missing, added, pairs = list(missing), list(added), []
    apart = [
        (len(set(features(one)) ^ set(features(other))), at, place)
        for at, one in enumerate(missing)
        for place, other in enumerate(added)
        if key(one) == key(other)
    ]
    ones, others = set(range(len(missing))), set(range(len(added)))
    for _, at, place in sorted(apart):
        if at in ones and place in others:
            ones.remove(at)
            others.remove(place)
            pairs.append((missing[at], added[place]))
    return pairs + [(missing[at], None) for at in sorted(ones)] + [(None, added[place]) for place in sorted(others)]


class Message:
    """A line of gainsay's, and how many differences it may stand for; what holds for a whole format has no end."""

    def __init__(self, line, count):
        self.line, self.count = line, count

    def __repr__(self):
        return self.line


class Trip:
    """One format's way in and out through a workspace of its own, and the differences found behind it."""

    def __init__(self, gainsay, name, alone):
        # Whether each file is imported by itself, so that each extends the scheme of those before.
        self.name, self.alone = name, alone
        self.folder = gainsay.workspace / "foreign" / name
        self.made = self.folder / "made"
        self.made.mkdir(parents=True)
        self.gainsay = Gainsay([gainsay.program, self.folder / "workspace"])
        self.gainsay.output("init")
        self.messages, self.unnamed, self.refusal = [], [], ""
        self.counts = Counter()

    def take(self, form, folder, files="*"):
        """Imports a folder, or each file by itself: also where the folder is refused, to compare the rest."""
        if self.alone or not self.imported(form, folder):
            for path in sorted(folder.glob(files)):
                if not self.imported(form, path):
                    self.unnamed.append(f"{self.name}: import refuses {path.name}:\n{self.refusal}")

    def imported(self, form, path):
        """Whether an import was done; every line of its report is a message."""
        report = self.folder / f"left-out-{len(self.messages)}.txt"
        finished = self.gainsay.run("import", form, path, "--as", "ana", "--report", report)
        if finished.returncode != 0:
            self.refusal = finished.stderr.strip()
            return False
        for line in report.read_text("utf-8").splitlines() if report.exists() else []:
            what = line.split(": ", 1)[-1]
            self.messages.append(Message(line.strip(), int(re.match(r"(\d+) of the|", what)[1] or 1)))
        for line in finished.stdout.splitlines():
            self.messages.append(Message(line, None))
        return True

    def give(self, form, *options):
        """Exports everything; returns what was written, or None."""
        place = self.folder / "out"
        finished = self.gainsay.run("export", form, "--to", place, *options)
        if finished.returncode != 0:
            self.unnamed.append(f"{self.name}: export: {finished.stderr}")
            return None
        for line in (finished.stdout + finished.stderr).splitlines():
            if line.startswith("  "):
                self.messages.append(Message(line.strip(), int(re.search(r"\d+", line)[0])))
            else:
                self.messages.append(Message(line, None))
        return place

    def read(self, reader, path):
        """What the peer's reader makes of a file; None, and a difference, where it refuses it."""
        try:
            return reader(path)
        except ImportError:
            raise
        except Exception as error:
            self.differ(f"{path.name}: the peer refuses it: {type(error).__name__}: {error}")
            return None

    def differ(self, words, *needles, document=None):
        """A difference; it is named where a message that is not used up has one of the regular expressions."""
        self.counts["differences"] += 1
        for message in self.messages:
            if message.count == 0 or not any(re.search(needle, message.line) for needle in needles):
                continue
            if document and ", line " in message.line and f"{document}." not in message.line.split(", line ")[0]:
                continue
            if message.count is not None:
                message.count -= 1
            self.counts["named"] += 1
            return
        self.unnamed.append(f"{self.name}: {f'{document}: ' if document else ''}{words}")

    def equal(self, what, came, due, *needles, document=None):
        if came != due:
            self.differ(f"{what}: {came!a}, not {due!a}", *needles, document=document)

    def same(self, what, came, due, *needles, document=None):
        """Two multisets; each thing that only one of them has is a difference. A needle may be made of the thing."""
        came, due = Counter(list(came)), Counter(list(due))
        for sign, things in (("missing", due - came), ("added", came - due)):
            for thing in things.elements():
                found = [needle(thing) if callable(needle) else needle for needle in needles]
                self.differ(f"{what}: {sign}: {thing!a}", *found, document=document)

    @property
    def line(self):
        counts = self.counts
        return (
            f"{self.name}: {counts['documents']} documents, {counts['annotations']} annotations, "
            f"{counts['relations']} relations compared; {counts['differences']} differences, {counts['named']} named"
        )
