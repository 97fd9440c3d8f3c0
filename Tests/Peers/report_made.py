"""Workspaces made for the report: one of hostile text, made with the program, and one of 200 documents."""

import hashlib
import json
import random
import shutil

TITLE = "<script>window.hacked=1;alert(1)</script></title>\"'\u202e\u2066 &amp; “„«»”"
SOURCE = '--><img src=x onerror="window.hacked=2;alert(2)">\u200f & Co'
TEXT = (
    "Title <script>window.hacked=3;alert(3)</script> & more\n\n"
    "“<b>Bold</b>” said Dr. O'Neil \"the 'quoted' one\" `back` &amp; &lt;i&gt; &#x202e; "
    "</style><style>body{display:none}</style>"
    ' --><img src=x onerror="window.hacked=4;alert(4)"> </title></script></p></ol><h1>no heading</h1>.\n\n'
    "Right\u202eevil\u202c and \u2066isolate\u2069 and mark\u200f and \u200elrm and \u061cALM, said Omar. "
    'العربية تقول "لا" والعبرية שלום עולם. Emoji 👩‍👩‍👧‍👦 🏮 🇫🇮 👋🏽 and ❤️.\n\n'
    "Tab\there, bell\x07 esc\x1b[31m del\x7f nel\x85 c1\x9b vt\x0b ff\x0c nul done. "
    "<!-- a comment <![CDATA[ data ]]> ends.\n"
)
SPEAKER = "<img src=x onerror=window.hacked=5;alert(5)> \u202eevil\u2066"
MATTER = "</script><script>window.hacked=6;alert(6)</script>"
NOTE = "</style>--><svg onload=window.hacked=7;alert(7)> \"q\" 'q' `q` &amp; “„«‹›»” \u202e\u200f\x07 end"
ABSENT = "<iframe src=javascript:alert(8)>"
LINES = f"""g 2
q "<b>Bold</b>"
s Dr. O'Neil
k said
set 1 speaker {SPEAKER}
set 1 about {MATTER}
note 1 {NOTE}
doubt 2 <b>why</b>
link 1 said-by 2
link 1 cued-by 3
g 3
d mark
set 4 speaker {SPEAKER}
set 4 about {MATTER}
4 > - "{ABSENT}"
set 4 negation content
WHICH
done!
"""


def hostile(gainsay):
    """Fills an empty workspace; two annotators who differ, both done."""
    shutil.copytree(gainsay.workspace / "Schemas", gainsay.workspace / "hostile" / "Schemas")
    (gainsay.workspace / "hostile" / "Annotations").mkdir()
    made = type(gainsay)([gainsay.program, gainsay.workspace / "hostile"])
    file = made.workspace / "text.txt"
    file.write_bytes(TEXT.encode())
    made.output(
        "add",
        str(file),
        "--id",
        "hostile",
        f"--title={TITLE}",
        f"--source={SOURCE}",
        "--url=javascript:alert(9)",
        "--language",
        "en",
    )
    for who, which in (
        ("dana", "c العربية\nset 5 attribution author\nset 5 about <i>matter</i>"),
        ("eli", "c لا\nset 5 attribution implicit"),
    ):
        said = made.run(
            "annotate", "hostile", "--as", who, "--keep-going", typed=LINES.replace("WHICH", f"g 4\n{which}")
        )
        if said.returncode != 0:
            raise SystemExit(f"annotate: {said.returncode}\n{said.stdout}\n{said.stderr}")
    made.output("check")
    return made


def many(gainsay, documents=200, annotators=("dana", "eli", "noor"), size=5000):
    """Writes documents and annotation files of about 30 spans each, by three annotators who differ in a few."""
    made = gainsay.workspace / "many"
    shutil.copytree(gainsay.workspace / "Schemas", made / "Schemas")
    words = "board harbour letter said accused prices clerk denied island ferry company report evening against".split()
    for number in range(1, documents + 1):
        chance = random.Random(number)
        text, parts = f"Document {number}\n\n", []
        while len(text) < size:
            sentence = " ".join(chance.choice(words) for _ in range(chance.randint(9, 22))).capitalize() + f" {number}."
            parts.append((len(text), len(text) + len(sentence) - 1))
            text += sentence + chance.choice("\n ") * 1
        data = text.rstrip().encode() + b"\n"
        folder = made / "Annotations" / f"made-{number:03}"
        folder.mkdir(parents=True)
        (folder / "document.txt").write_bytes(data)
        digest, text = hashlib.sha256(data).hexdigest(), data.decode()
        write(
            folder / "document.json",
            {"format": 1, "language": "en", "sha256": digest, "source": "made", "title": f"Made document {number}"},
        )
        for place, annotator in enumerate(annotators):
            write(
                folder / f"{annotator}.json",
                {
                    "annotator": annotator,
                    "document": folder.name,
                    "format": 1,
                    "relations": [],
                    "role": "annotator",
                    "scheme": {"name": "claims-denials-quotes", "version": "1.0.0"},
                    "seenTo": len(text),
                    "spans": spans(text, parts, number, place),
                    "status": "complete",
                    "textSHA256": digest,
                },
            )
    return type(gainsay)([gainsay.program, made])


def spans(text, parts, number, place):
    """Two spans a sentence, the source's end and some labels as the annotator would have them."""
    chance, same = random.Random(number * 7 + place), random.Random(number)
    stamp, made = f"2026-10-{number % 28 + 1:02}T09:00:00Z", []
    for start, end in parts[1:16]:
        first = text.index(" ", start) if chance.random() < 0.8 else text.index(" ", text.index(" ", start) + 1)
        label = same.choice(["claim", "denial"]) if chance.random() < 0.9 else "claim"
        made += [
            ("source", start, first, {}),
            (label, first + 1, end, {"about": f"matter-{number % 40}", "attribution": "implicit"}),
        ]
    return [
        {
            "attributes": attributes,
            "created": stamp,
            "end": b,
            "id": at,
            "label": label,
            "modified": stamp,
            "start": a,
            "text": text[a:b],
        }
        for at, (label, a, b, attributes) in enumerate(made, 1)
    ]


def write(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
