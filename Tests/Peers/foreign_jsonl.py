"""Parts of gainsay's own JSON lines as datasets loads them, in whatever order they are given."""

import itertools
import json
from pathlib import Path

from foreign_trip import Text

SHARES = ("train=0.5,dev=0.5", "train=0.4,dev=0.3,test=0.3", "train=0.8,dev=0.1,test=0.1")


def jsonl(trip, chance):
    """Documents of which most have no span, no relation or no value; every part has the same columns."""
    import datasets

    datasets.disable_progress_bars()
    rows = []
    for number in range(10):
        text = Text(chance)
        spans = [
            {"start": start, "end": end, "label": chance.choice(["claim", "source"]), "id": at + 1}
            | {"attributes": {"tone": "cool"} if number == 3 else {}, "note": "é" if number == 2 else ""}
            for at, (start, end) in enumerate({text.span(chance) for _ in range(5 if number in (2, 3) else 0)})
        ]
        relations = [{"from": 1, "to": 2, "type": "said-by", "id": 1}] if number == 3 and len(spans) > 1 else []
        rows.append({"id": f"doc{number}", "text": text.text, "spans": spans, "relations": relations})
    path = trip.made / "made.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8", newline="\n")
    trip.take("jsonl", trip.made)
    trip.counts["documents"] = len(rows)
    trip.counts["annotations"] = sum(len(row["spans"]) for row in rows)
    trip.counts["relations"] = sum(len(row["relations"]) for row in rows)
    for number, shares in enumerate(SHARES):
        (trip.gainsay.workspace / "Annotations" / "splits.json").unlink(missing_ok=True)
        place = trip.folder / f"parts-{number}"
        finished = trip.gainsay.run("export", "jsonl", "--split", shares, "--to", place)
        if finished.returncode != 0:
            trip.differ(f"--split {shares}: {finished.stderr}")
            continue
        parts = {path.stem: str(path) for path in sorted(place.rglob("*.jsonl"))}
        trip.same(f"--split {shares}: parts", parts, [share.split("=")[0] for share in shares.split(",")])
        for order in itertools.permutations(parts):
            files = {name: parts[name] for name in order}
            load_in_order(trip, f"--split {shares}, loaded as {', '.join(order)}", files, rows)


def load_in_order(trip, place, files, rows):
    import datasets

    cache = str(trip.folder / "cache")
    folder = Path(next(iter(files.values()))).parent
    features = datasets.Features.from_dict(json.loads((folder / "features.json").read_text("utf-8")))
    try:
        loaded = datasets.load_dataset(
            "json", data_files=files, features=features, cache_dir=cache, download_mode="force_redownload"
        )
    except Exception as error:
        trip.differ(f"{place}: {type(error).__name__}: {error.__cause__ or error}")
        return
    kinds = {str(part.features) for part in loaded.values()}
    trip.equal(f"{place}: kinds of features", len(kinds), 1)
    spans = lambda row: sorted((one["start"], one["end"], one["label"], one["note"] or "") for one in row["spans"])
    came = [(row["id"], row["text"], str(spans(row))) for part in loaded.values() for row in part]
    trip.same(f"{place}: rows", came, [(row["id"], row["text"], str(spans(row))) for row in rows])
