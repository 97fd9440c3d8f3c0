"""The reader of W3C Web Annotations: their shape by a schema, their content from the expanded JSON-LD."""

import json

from interchange_tokens import number
from interchange_truth import Difference, Mark, Reading, compare, decoded, equal, pairs

ANNOTATIONS = "http://www.w3.org/ns/anno.jsonld"
OA, RDF = "http://www.w3.org/ns/oa#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ITEMS = "http://www.w3.org/ns/activitystreams#items"

CONTEXT = {
    "@context": {
        "oa": OA,
        "rdf": RDF,
        "dcterms": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "as": "http://www.w3.org/ns/activitystreams#",
        "id": {"@id": "@id", "@type": "@id"},
        "type": {"@id": "@type", "@type": "@id"},
        "Annotation": "oa:Annotation",
        "AnnotationPage": "as:OrderedCollectionPage",
        "Person": "foaf:Person",
        "TextualBody": "oa:TextualBody",
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "TextPositionSelector": "oa:TextPositionSelector",
        "commenting": "oa:commenting",
        "describing": "oa:describing",
        "linking": "oa:linking",
        "tagging": "oa:tagging",
        "body": {"@id": "oa:hasBody", "@type": "@id"},
        "target": {"@id": "oa:hasTarget", "@type": "@id"},
        "source": {"@id": "oa:hasSource", "@type": "@id"},
        "selector": {"@id": "oa:hasSelector", "@type": "@id"},
        "creator": {"@id": "dcterms:creator", "@type": "@id"},
        "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
        "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
        "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
        "exact": "oa:exact",
        "prefix": "oa:prefix",
        "suffix": "oa:suffix",
        "start": "oa:start",
        "end": "oa:end",
        "value": "rdf:value",
        "name": "foaf:name",
    }
}  # of the context at ANNOTATIONS (W3C, Web Annotation Vocabulary, 2017, appendix A), the terms that are used

POSITION, WORDS = {"type": "integer", "minimum": 0}, {"type": "string"}


def closed(required, optional=()):
    """The schema of an object with those keys and no other."""
    properties = {**required, **dict(optional)}
    return {"type": "object", "properties": properties, "required": [*required], "additionalProperties": False}


QUOTE = closed({"type": {"const": "TextQuoteSelector"}, "exact": WORDS}, {"prefix": WORDS, "suffix": WORDS})
PLACE = closed({"type": {"const": "TextPositionSelector"}, "start": POSITION, "end": POSITION})
TARGET = closed({"source": {"type": "string", "format": "iri"}, "selector": {"items": {"anyOf": [QUOTE, PLACE]}}})
PURPOSES = {"enum": ["tagging", "commenting", "describing"]}
BODY = closed({"type": {"const": "TextualBody"}, "value": WORDS, "purpose": PURPOSES})
ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "target"],
    "properties": {
        "id": WORDS,
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["tagging", "linking"]},
        "creator": closed({"type": {"const": "Person"}, "name": WORDS}),
        "body": {"type": "array", "minItems": 1, "items": {"anyOf": [BODY, closed({"id": WORDS})]}},
        "target": {"anyOf": [WORDS, {"type": "array", "minItems": 1, "items": TARGET}]},
    },
    "patternProperties": {"^gainsay:": WORDS},
    "additionalProperties": False,
}  # W3C, Web Annotation Data Model (2017), sections 3 and 4
PAGE = closed(
    {
        "@context": {"type": "array", "contains": {"const": ANNOTATIONS}},
        "id": WORDS,
        "type": {"const": "AnnotationPage"},
        "items": {"type": "array", "items": ANNOTATION},
    }
)  # the same, section 5.2


def valid(place, schema, value):
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator(schema).iter_errors(value):
        raise Difference(f"{place}: {error.json_path}: {error.message}")


def local_context(url, options):
    """Nothing is fetched."""
    if url != ANNOTATIONS:
        raise Difference(f"the context {url} is not the W3C's")
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": CONTEXT}


def value_of(node, name):
    """The one value of a property, or the IRI that it names."""
    (one,) = node[name]
    return one["@value"] if "@value" in one else one["@id"]


def w3c(export):
    """pyld expands the page; selectors, bodies and relations are read from the graph, by their IRIs."""
    from pyld import jsonld

    total = 0
    for path, version in export.files("jsonld"):
        place = f"w3c {version}"
        page = json.loads(decoded(path))
        valid(place, PAGE, page)
        (graph,) = jsonld.expand(page, {"documentLoader": local_context})
        reading = Reading(decoded(path.with_suffix(".txt")))
        links = []
        for item in graph[ITEMS][0]["@list"]:
            (creator,) = item["http://purl.org/dc/terms/creator"]
            equal(f"{place}: creator", value_of(creator, "http://xmlns.com/foaf/0.1/name"), version.annotator)
            if value_of(item, f"{OA}motivatedBy") == f"{OA}linking":
                links.append(item)
            else:
                reading.marks[item["@id"]] = w3c_mark(place, version, item)
        equal(f"{place}: different ids", len({item["id"] for item in page["items"]}), len(page["items"]))
        for item in links:
            bodies = by_purpose(item)
            (other,) = [body["@id"] for body in item[f"{OA}hasBody"] if "@id" in body] or [None]
            ends = value_of(item, f"{OA}hasTarget"), other
            reading.relations.append((bodies["tagging"], *ends, bodies.get("describing") or None))
        total += compare(place, reading, version.whole)
    return total


def by_purpose(item):
    """The text of the textual bodies."""
    found = [body for body in item[f"{OA}hasBody"] if f"{RDF}value" in body]
    return {value_of(body, f"{OA}hasPurpose").removeprefix(OA): value_of(body, f"{RDF}value") for body in found}


def w3c_mark(place, version, item):
    name = item["@id"]
    parts = []
    for target in item[f"{OA}hasTarget"]:
        equal(f"{place}: source", value_of(target, f"{OA}hasSource"), f"urn:gainsay:{version.document}")
        selectors = {one["@type"][0].removeprefix(OA): one for one in target[f"{OA}hasSelector"]}
        start, end = (value_of(selectors["TextPositionSelector"], OA + key) for key in ("start", "end"))
        quote = selectors["TextQuoteSelector"]
        before, words, after = (value_of(quote, OA + key) for key in ("prefix", "exact", "suffix"))
        equal(f"{place}: words of {name}", words, version.text[start:end])
        equal(f"{place}: prefix of {name}", before, version.text[max(0, start - len(before)) : start])
        equal(f"{place}: suffix of {name}", after, version.text[end : end + len(after)])
        parts.append((start, end))
    bodies = by_purpose(item)
    prefix = "urn:gainsay:"
    attributes = {key.removeprefix(prefix): value_of(item, key) for key in item if key.startswith(prefix)}
    equal(f"{place}: IRI of {name}", name.startswith(f"urn:gainsay:{version.document}:{version.annotator}:s"), True)
    identifier = number(name.rsplit(":", 1)[1])
    return Mark(bodies["tagging"], tuple(parts), identifier, pairs(attributes), bodies.get("commenting"))
