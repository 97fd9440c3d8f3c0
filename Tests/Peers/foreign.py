"""Round trips of foreign files: made by the peers' own libraries, imported, exported again and read by the peers.

Usage: foreign.py GAINSAY WORKSPACE [FORMAT ...]

WORKSPACE may be written to: each format has a fresh workspace in its folder `foreign`. What comes back is compared
with what was made. A difference must be named by what import or export says, each by a line of its own or by a number
that is not used up; any other fails. A format whose library is missing is skipped, and said.
"""

import random
import sys
import warnings

sys.dont_write_bytecode = True
warnings.filterwarnings("ignore")
import foreign_bioc
import foreign_brat
import foreign_cas
import foreign_jsonl
import foreign_tokens
from foreign_trip import Trip
from peers import Gainsay, finish

SEED = 7
FORMATS = {
    "cas-xmi": foreign_cas.cas_xmi,
    "cas-xmi-alike": foreign_cas.cas_xmi_alike,
    "cas-json": foreign_cas.cas_json,
    "bioc-xml": foreign_bioc.bioc_xml,
    "bioc-json": foreign_bioc.bioc_json,
    "spacy": foreign_tokens.spacy,
    "prodigy": foreign_tokens.prodigy,
    "hf-tokens": foreign_tokens.hf_tokens,
    "conll": foreign_tokens.conll,
    "conllu": foreign_tokens.conllu,
    "brat": foreign_brat.brat,
    "jsonl": foreign_jsonl.jsonl,
}
ALONE = ", file by file"
WANTED = [*FORMATS, *(form + ALONE for form in ("cas-xmi", "cas-json", "bioc-xml", "bioc-json", "brat"))]


def main():
    gainsay = Gainsay(sys.argv[1:3])
    differences, lines = [], []
    for name in sys.argv[3:] or WANTED:
        form, alone, _ = name.partition(ALONE)
        trip = Trip(gainsay, name, bool(alone))
        try:
            FORMATS[form](trip, random.Random(SEED))
        except ImportError as missing:
            lines.append(f"{name}: skipped: the Python module {missing.name} is missing")
            continue
        differences += trip.unnamed
        lines.append(trip.line)
    if all("skipped" in line for line in lines):
        print("\n".join(lines))
        sys.exit(77)
    finish(differences, "\n".join(lines))


if __name__ == "__main__":
    main()
