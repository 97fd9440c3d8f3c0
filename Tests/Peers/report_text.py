"""What a report must say, as the program's other commands have it, and what its source must not hold."""

import base64
import hashlib
import re
import unicodedata
from collections import Counter
from html.parser import HTMLParser

import peers

BIDI = {*"\u061c\u200e\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
ADDRESSES = {
    "src",
    "href",
    "srcset",
    "action",
    "formaction",
    "poster",
    "data",
    "ping",
    "background",
    "xlink:href",
    "cite",
}
# Every element that a report is made of; another one came out of somebody's text.
ELEMENTS = {
    *"html head meta title style script body a nav main section h1 h2 h3 h4 p ul ol li b q bdi span div".split(),
    *"table caption thead tbody tr th td form label input details summary svg line text circle polyline".split(),
}
PAGE = """
const text = node => node.textContent, all = (node, what) => [...node.querySelectorAll(what)];
const clear = node => {
  const copy = node.cloneNode(true);
  all(copy, 'svg').forEach(part => part.remove());
  return copy;
};
const statement = item => ({
  speaker: item.querySelector(':scope > b')?.textContent ?? null,
  text: item.querySelector(':scope > bdi, :scope > q > bdi')?.textContent,
  link: item.querySelector(':scope > a')?.getAttribute('href'), whole: text(item),
  denied: item.classList.contains('denied'), under: all(item, ':scope > ul > li').map(statement)});
return {
  elements: all(document, '*').map(node => node.localName), source: document.documentElement.outerHTML,
  attributes: [...new Set(all(document, '*').flatMap(node => node.getAttributeNames()))],
  ids: all(document, '[id]').map(node => node.id),
  links: all(document, 'a[href]').map(node => node.getAttribute('href')),
  filter: document.querySelector('.filter')?.checkVisibility() ?? null,
  agreement: text(clear(document.querySelector('#agreement'))),
  facts: all(document, '.facts li').map(text), title: document.title, heading: text(document.querySelector('h1')),
  tables: all(document, 'table').map(table => all(table, 'tr').map(row => all(row, 'th, td').map(text))),
  pictures: all(document, 'svg').map(node => ({label: node.getAttribute('aria-label'),
    dots: all(node, '.dot').map(dot => [+dot.getAttribute('cx'), +dot.getAttribute('cy')]),
    bars: all(node, '.bar').map(bar => [+bar.getAttribute('x1'), +bar.getAttribute('x2')])})),
  legend: Object.fromEntries(all(document, '.chip').map(node => [text(node), node.style.getPropertyValue('--c').slice(6, 7)])),
  matters: all(document, '.matter').map(node => ({key: text(node.querySelector('h3')),
    items: all(node, ':scope > ul > li').map(statement)})),
  documents: all(document, '.document').map(node => ({id: node.id, title: text(node.querySelector('h3')),
    about: all(node, ':scope > p').map(text), lanes: +node.querySelector('ol').style.getPropertyValue('--n'),
    sentences: all(node, 'ol > li').map(item => ({id: item.id, differs: item.classList.contains('differs'),
      seen: item.checkVisibility({contentVisibilityAuto: false}) && item.getClientRects().length > 0,
      text: text(item.querySelector('p')), lang: item.querySelector('p').lang,
      summary: item.querySelector('summary')?.textContent ?? '', spans: all(item, 'details > ul:not(.what) > li').map(text),
      pieces: [...item.querySelector('p').childNodes].map(piece => [text(piece), piece.title ?? '',
        [...piece.classList ?? []].filter(name => /^[ab]\\d+[a-z]$/.test(name))
          .map(name => [name.slice(1, -1), name.slice(-1)])])}))}))};
"""


def control(character):
    return character in BIDI or unicodedata.category(character) == "Cc"


def same(shown, text):
    """The page shows that text; in the place of a control character stands one character that is none."""
    return (
        shown is not None
        and len(shown) == len(text)
        and all(
            there == here or control(here) and (not control(there) or there in "\t\n")
            for there, here in zip(shown, text)
        )
    )


def plain(text):
    """What is alike in two texts that are the same but for control characters and what stands for them."""
    shown = text.replace("\r\n", "\n")
    return "".join("?" if control(c) or c in " \ufffd" or "\u2400" <= c <= "\u2426" else c for c in shown)


class Truth:
    """The workspace as `show`, `compare`, `ledger` and `agree` tell of it."""

    def __init__(self, gainsay):
        listed = gainsay.json("list")["documents"]
        self.about = {document["id"]: document for document in listed}
        self.shown = {
            name: gainsay.json("show", name, *(f"--as={who}" for who in document["annotators"]))
            for name, document in self.about.items()
        }
        self.compared, self.ledger = gainsay.json("compare"), gainsay.json("ledger")
        self.agreed = gainsay.json("agree", "--per-document")
        self.figures = {
            (
                figure["measure"],
                figure["unit"],
                figure["label"],
                figure["document"],
                tuple(figure["annotators"] or ()),
            ): figure
            for figure in self.agreed["figures"]
        }
        self.sentences = {
            f"d-{name}-{number}": shown["text"][sentence["start"] : sentence["end"]]
            for name, shown in self.shown.items()
            for number, sentence in enumerate(shown["sentences"], 1)
        }
        self.differing = {f"d-{place['document']}-{place['sentence']}" for place in self.compared["disagreements"]}

    def only_there(self):
        """Of each document words that no title, other document or annotation has, and the sentences that have them."""
        whole = {
            name: plain(f"{self.about[name]} {shown['text']} {shown['annotations']}").lower()
            for name, shown in self.shown.items()
        }
        for name, shown in self.shown.items():
            title = f"{name} {shown['title']}".lower()
            for words in re.findall(r"\w{4,} \w{4,}", shown["text"]):
                if words.lower() not in title and not any(
                    plain(words.lower()) in other for key, other in whole.items() if key != name
                ):
                    places = [place for place, text in self.sentences.items() if words.lower() in text.lower()]
                    yield name, words, [place for place in places if place.rpartition("-")[0] == f"d-{name}"]
                    break


class Source(HTMLParser):
    """Goes through the page's source for whatever would reach outside it or run."""

    def __init__(self, source):
        super().__init__()
        self.differences, self.inside, self.scripts, self.policy = [], None, [], ""
        self.feed(source)
        found = {character for character in source if control(character) and character != "\n"}
        self.differences += [f"source: U+{ord(character):04X} is in it" for character in sorted(found)]
        hashes = [
            "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"
            for script in self.scripts
        ]
        if "default-src 'none'" not in self.policy or re.findall(r"'sha256-[^']*'", self.policy) != hashes:
            self.differences.append(f"source: policy {self.policy!r} with scripts {hashes}")
        if "script-src" in self.policy and "'unsafe-inline'" in self.policy.split("script-src")[1].split(";")[0]:
            self.differences.append("source: the policy lets any script run")

    def handle_starttag(self, tag, attributes):
        self.inside = tag if tag in ("style", "script") else None
        if tag in ("link", "base", "iframe", "object", "embed", "img", "video", "audio", "frame", "portal"):
            self.differences.append(f"source: <{tag}> {dict(attributes)}")
        for name, value in attributes:
            value = value or ""
            outside = name in ADDRESSES and not value.startswith("#")
            reaches = name == "style" and re.search(r"url\s*\(|image-set|@import|expression", value, re.I)
            if (
                outside
                or reaches
                or name.startswith("on")
                or name == "srcdoc"
                or "javascript:" in value.lower()
                and name in ADDRESSES
            ):
                self.differences.append(f"source: <{tag} {name}={value!r}>")
        given = dict(attributes)
        if tag == "meta" and "http-equiv" in given:
            if given["http-equiv"].lower() == "content-security-policy":
                self.policy = given["content"]
            else:
                self.differences.append(f"source: {given}")
        if tag == "html" and not given.get("lang"):
            self.differences.append("source: no language is named")

    def handle_data(self, data):
        if self.inside == "style" and re.search(r"url\s*\(|@import|image-set|expression", data, re.I):
            self.differences.append("source: styles that reach outside the page")
        if self.inside == "script":
            self.scripts.append(data)
            if re.search(r"\b(fetch|XMLHttpRequest|WebSocket|sendBeacon|import|EventSource|innerHTML|eval)\b", data):
                self.differences.append("source: the script reaches outside the page, or makes elements of text")

    def handle_endtag(self, tag):
        self.inside = None


class Contents:
    """The page as a browser has it that runs no scripts, beside what it must say."""

    def __init__(self, browser, truth, title="Annotation report"):
        self.page, self.truth, self.differences = browser.run(PAGE), truth, []
        self.counts = Counter()
        if self.page["filter"]:
            self.differ("the filter is there although no script runs")
        if not same(self.page["title"], title) or not same(self.page["heading"], title):
            self.differ(f"title {self.page['title']!r}, heading {self.page['heading']!r}, not {title!r}")
        others = set(self.page["elements"]) - ELEMENTS
        if others or self.page["elements"].count("script") > 1 or self.page["elements"].count("style") > 1:
            self.differ(f"elements that came out of a text, or a second script or style: {sorted(others)}")
        handlers = [
            name
            for name in self.page["attributes"]
            if name.startswith("on") or not re.fullmatch(r"[a-zA-Z0-9-]+", name)
        ]
        if handlers:
            self.differ(f"attributes that came out of a text: {handlers}")
        twice = [name for name, count in Counter(self.page["ids"]).items() if count > 1]
        broken = [link for link in self.page["links"] if link[:1] != "#" or link[1:] not in self.page["ids"]]
        if twice or broken:
            self.differ(f"ids that stand twice: {twice[:5]}; links that lead nowhere: {broken[:5]}")
        found = {document["id"]: document for document in self.page["documents"]}
        if list(found) != [f"d-{name}" for name in truth.shown]:
            self.differ(f"documents {list(found)[:10]}")
        for name, shown in truth.shown.items():
            if f"d-{name}" in found:
                self.document(name, shown, found[f"d-{name}"])
        self.ledger()

    def differ(self, difference):
        self.differences.append(difference[:600])

    def document(self, name, shown, page):
        about = self.truth.about[name]
        if not same(page["title"], shown["title"]):
            self.differ(f"{name}: title {page['title']!r}")
        for key in ("source", "published"):
            if about[key] and plain(about[key]) not in plain(" ".join(page["about"])):
                self.differ(f"{name}: {key} {about[key]!r} is not in {page['about']}")
        order = []
        if shown["annotations"]:
            # The adjudicated version stands apart, with an empty lane between.
            people, _, gold = page["about"][-1].partition(": ")[2].partition("; ")
            order = [(lane, who) for lane, who in enumerate(people.split(", "), 1)]
            order += [(len(order) + 2, gold)] if gold else []
        if sorted(who for _, who in order) != sorted(file["annotator"] for file in shown["annotations"]) or page[
            "lanes"
        ] != max((lane for lane, _ in order), default=0):
            self.differ(f"{name}: {page['lanes']} lanes, {page['about'][-1]!r}")
        if len(page["sentences"]) != len(shown["sentences"]):
            self.differ(f"{name}: {len(page['sentences'])} sentences of {len(shown['sentences'])}")
        for number, (due, found) in enumerate(zip(shown["sentences"], page["sentences"]), 1):
            self.sentence(f"{name}, sentence {number}", found, due, shown, {who: int(lane) for lane, who in order})
            wanted = (f"d-{name}-{number}", f"d-{name}-{number}" in self.truth.differing, about["language"] or "")
            if (found["id"], found["differs"], found["lang"]) != wanted:
                self.differ(
                    f"{name}, {number}: {found['id']}, differs {found['differs']}, {found['lang']!r}; not {wanted}"
                )

    def sentence(self, place, found, due, shown, lanes):
        start, end, text = due["start"], due["end"], shown["text"]
        if not found["seen"] or not same(found["text"], text[start:end]):
            return self.differ(
                f"{place}: {'' if found['seen'] else 'hidden '}{found['text']!r}, not {text[start:end]!r}"
            )
        self.counts["sentences"] += 1
        items, names = list(found["spans"]), {}
        cover = [set() for _ in range(end - start)]
        for file in shown["annotations"]:
            for span in file["spans"]:
                inside = [(a, b) for a, b in peers.fragments(span) if a < end and b > start]
                for a, b in inside:
                    for at in range(max(a, start), min(b, end)):
                        cover[at - start].add((file["annotator"], span["label"], span["id"]))
                if inside:
                    self.item(place, file, span, text, items)
        if items:
            self.differ(f"{place}: spans of nobody: {items}")
        told = re.match(r"(\d+) span", found["summary"])
        if found["spans"] and int(told[1] if told else -1) != len(found["spans"]):
            self.differ(f"{place}: {found['summary']!r} over {len(found['spans'])} spans")
        at = 0
        for piece, title, style in found["pieces"]:
            told = [
                (who.partition(": ")[0], *span.rsplit(" ", 1))
                for who in title.split("; ")
                if who
                for span in who.partition(": ")[2].split(", ")
            ]
            under = cover[at : at + len(piece)]
            here = under[0]
            if (
                any(other != here for other in under)
                or {(who, label, int(number)) for who, label, number in told} != here
            ):
                self.differ(f"{place}: {piece!r} is under {title!r}, not under {sorted(here)}")
            colours = {}
            for lane, colour in style:
                colours.setdefault(int(lane), set()).add(colour)
            wanted = {}
            for who, label, _ in here:
                wanted.setdefault(lanes.get(who), set()).add(self.page["legend"].get(label))
            if colours.keys() != wanted.keys() or any(
                not colours[lane] <= wanted[lane] or len(colours[lane]) != min(2, len(wanted[lane])) for lane in wanted
            ):
                self.differ(f"{place}: {piece!r} has lanes {colours}, not {wanted}")
            at += len(piece)

    def item(self, place, file, span, text, items):
        """Takes the line of one span out of the list that stands under the sentence."""
        words = " + ".join(f"‹{text[a:b]}›" for a, b in peers.fragments(span))
        head = plain(f"{file['annotator']} {span['label']} {span['id']}: {words}")
        line = next((item for item in items if plain(item) == head or plain(item).startswith(head + "?(")), None)
        if line is None:
            return self.differ(f"{place}: {head!r} is missing")
        items.remove(line)
        self.counts["spans"] += 1
        more = [f"{name} {value}" for name, value in span["attributes"].items()] + (
            [f"note: {span['note']}"] if "note" in span else []
        )
        for relation in (relation for relation in file["relations"] if relation["from"] == span["id"]):
            more.append(
                f"{relation['type']} {relation['to'] or '–'}" + (f" {relation['text']}" if "text" in relation else "")
            )
        # What a relation leads to stands behind its number.
        rest = re.sub(r"(?<=[0-9])(\?| )‹[^›]*›", "", plain(line)[len(head) :])
        for part in sorted(map(plain, more), key=len, reverse=True):
            if part not in rest:
                self.differ(f"{place}: {line!r} lacks {part!r}")
            rest = rest.replace(part, "", 1)
        if rest.strip("?();"):
            self.differ(f"{place}: {line!r} says more: {rest!r}")

    def ledger(self):
        due, found = [], []
        for matter in self.truth.ledger["matters"]:
            lines = [(claim["statement"], "claim", None, claim["denials"]) for claim in matter["claims"]]
            lines += [(denial["statement"], "denial", denial["claim"], []) for denial in matter["denials"]]
            lines += [(quote, "quote", None, []) for quote in matter["quotes"]]
            for statement, kind, absent, denials in lines:
                due.append(
                    (
                        matter["key"],
                        statement,
                        kind == "denial",
                        absent,
                        [(matter["key"], denial, True, None, []) for denial in denials],
                    )
                )
        for matter in self.page["matters"]:
            found += [(matter["key"], item) for item in matter["items"]]
        if len(due) != len(found):
            self.differ(f"ledger: {len(found)} statements that stand for themselves, not {len(due)}")
        for wanted, (key, item) in zip(due, found):
            self.statement(wanted, key, item)

    def statement(self, wanted, key, item):
        matter, statement, denied, absent, denials = wanted
        link = f"#d-{statement['document']}-{statement['sentence']}"
        self.counts["statements"] += 1
        names = (
            statement["speaker"] is None
            and item["speaker"]
            or statement["speaker"]
            and same(item["speaker"], statement["speaker"])
        )
        if (
            (matter and not same(key, matter))
            or not names
            or item["text"] is None
            or plain(item["text"]).strip("‹›") != plain(statement["text"]).strip("‹›")
            or item["link"] != link
            or item["denied"] != denied
            or absent
            and plain(absent) not in plain(item["whole"])
        ):
            self.differ(f"ledger: {key!r}: {item}, not {statement}")
        under = [entry for entry in item["under"] if entry["link"]]
        if len(under) != len(denials) or (not denials and not denied and item["under"] and under):
            self.differ(f"ledger: {item['text']!r}: {len(under)} denials, not {len(denials)}")
        for denial, entry in zip(denials, under):
            self.statement(denial, key, entry)
