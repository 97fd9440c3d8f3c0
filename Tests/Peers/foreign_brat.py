"""Files of brat, made by hand and read by bioc before and behind."""

import re
from collections import Counter

from foreign_trip import Text

TYPES = ["Person", "person", "Organization", "Dis-ease", "Größe"]
EVENTS = ["Attack", "Say"]
# bioc reads no normalizations.
NORMALIZATION = re.compile(r"N\d+\tReference (\S+) (\S+?):(\S+)\t(.*)")


def make(chance, number):
    """The lines of a document, and its text."""
    text = Text(chance)
    lines, things = [], []

    def put(letter, *columns):
        name = f"{letter}{sum(line[0] == letter for line in lines) + 1}"
        lines.append("\t".join([name, *columns]))
        return name

    def mark(kind, places):
        words = " ".join(re.sub(r"[\r\n\t]", " ", text.text[start:end]) for start, end in places)
        return put("T", f"{kind} {';'.join(f'{start} {end}' for start, end in places)}", words)

    for _ in range(6):
        start, end = text.span(chance, off_tokens=0.2)
        things.append(mark(chance.choice(TYPES), [(start, end)]))
    tokens = next((tokens for tokens in text.tokens if len(tokens) > 5), text.tokens[0])
    things.append(mark("Person", [tokens[0], tokens[-1]]))
    things.append(mark("Person", [text.sentences[0]]))
    triggers = [mark(kind, [text.span(chance, 1)]) for kind in EVENTS]
    events = []
    for at, (kind, trigger) in enumerate([*zip(EVENTS, triggers), ("Attack", triggers[0]), ("Say", triggers[1])]):
        roles = [f"Agent:{chance.choice(things)}", f"Theme:{chance.choice(events or things)}"][: 2 - at // 3]
        roles += [f"Theme2:{chance.choice(things)}"] if at == 1 else []
        events.append(put("E", " ".join([f"{kind}:{trigger}", *(roles if at != 3 else [])])))
    for _ in range(3):
        one, other = chance.sample(things + events[:1], 2)
        put("R", f"{chance.choice(['Part-of', 'part-of'])} Arg1:{one} Arg2:{other}")
    put("R", f"Located Place:{things[0]} Thing:{things[1]}")
    put("A", f"Negation {events[0]}")
    put("A", f"Confidence {events[1]} L1")
    put("A", f"Confidence {things[2]} L{number % 3}")
    put("M", f"Speculation {events[2]}")
    put("N", f"Reference {things[0]} Wikipedia:534366", "Barack 🏮 Obama")
    put("N", f"Reference {events[0]} GO:0006915", "apoptosis")
    put("#", f"AnnotatorNotes {things[3]}", "see there — é")
    put("#", f"AnnotatorNotes {events[1]}", "an event’s note")
    lines.append(f"*\tEquiv {things[0]} {things[2]} {things[3]}")
    return text.text, "\n".join(lines) + "\n"


class Content:
    """Lines without their ids: what they speak of is named by type and place."""

    def __init__(self, source):
        from bioc import brat

        document = brat.loads_ann(source)
        self.entities = {
            one.id: (one.type, tuple(sorted((part.begin, part.end) for part in one.locations)))
            for one in document.entities
        }
        self.events = {one.id: one for one in document.events}
        self.texts = [(self.entities[one.id], one.text) for one in document.entities]
        self.lines = Counter()
        for one in document.events:
            roles = tuple(sorted((role, self.named(name)) for role, name in one.arguments.items()))
            self.lines["event", self.named(one.id), roles] += 1
        for one in document.relations:
            roles = tuple(sorted((role, self.named(name)) for role, name in one.arguments.items()))
            self.lines["relation", one.type, roles] += 1
        for one in document.attributes:
            self.lines[one.id[0], one.type, self.named(one.refid), *sorted(one.attributes)] += 1
        for one in document.notes:
            self.lines["note", one.type, self.named(one.refid), one.text] += 1
        for one in document.equiv_relations:
            self.lines["equiv", one.type, tuple(sorted(map(self.named, one.argids), key=repr))] += 1
        for name, base, entry, words in NORMALIZATION.findall(source):
            self.lines["normalization", self.named(name), base, entry, words] += 1

    def named(self, name):
        """A span by type and place; an event by its type and trigger."""
        if name not in self.events:
            return self.entities.get(name, name)
        return "event", self.events[name].type, self.entities[self.events[name].trigger_id]


def brat(trip, chance):
    for number in range(6):
        text, source = make(chance, number)
        (trip.made / f"doc{number}.txt").write_bytes(text.encode())
        (trip.made / f"doc{number}.ann").write_bytes(source.encode())
    trip.take("brat", trip.made, "*.ann")
    place = trip.give("brat")
    made, written = ({path.stem: path for path in folder.rglob("*.ann")} for folder in (trip.made, place))
    trip.same("documents", written, made)

    def load(path):
        return Content(path.read_bytes().decode())

    for name in sorted(made.keys() & written.keys()):
        came, due = trip.read(load, written[name]), load(made[name])
        if not came:
            continue
        texts = [path[name].with_suffix(".txt").read_bytes().decode() for path in (written, made)]
        trip.equal("text", *texts, document=name)
        trip.counts["documents"] += 1
        trip.counts["annotations"] += len(due.entities) + len(due.events)
        trip.counts["relations"] += sum(one[0] in ("relation", "equiv") for one in due.lines)
        trip.same("span", came.texts, due.texts, "which is the same as another", document=name)
        trip.same("line", came.lines.elements(), due.lines.elements(), "which stands twice", document=name)
