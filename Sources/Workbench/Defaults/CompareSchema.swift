extension Defaults {
  /// The text of `Schemas/compare.schema.json`, held equal to it by a test.
  static let compareSchema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:gainsay:schema:compare:1",
      "title": "gainsay compare",
      "description": "The output of “gainsay compare --json”: where annotators differ, and how. Offsets are code points, half-open, from 0.",
      "type": "object",
      "additionalProperties": false,
      "required": ["disagreements", "documents", "f1", "omitted", "remedies"],
      "properties": {
        "disagreements": {"type": "array", "description": "In reading order, document by document.", "items": {"$ref": "#/$defs/disagreement"}},
        "documents": {
          "type": "array",
          "description": "The documents that two annotators have.",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["annotators", "disagreements", "exact", "id"],
            "properties": {
              "annotators": {"type": "array", "items": {"type": "string"}, "minItems": 2, "description": "Those who were compared."},
              "disagreements": {"type": "integer", "minimum": 0, "description": "All there are, whether shown or not."},
              "exact": {"type": "boolean", "description": "Whether the alignment is the best there is; where spans lie too deep over one another, the closest are taken for one another first."},
              "id": {"type": "string", "description": "The document."}
            }
          }
        },
        "f1": {"type": ["number", "null"], "minimum": 0, "maximum": 1, "description": "Exact F1 of spans over all pairs of annotators together; null where nobody has a span."},
        "omitted": {
          "type": "array",
          "description": "Files that do not count.",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["annotator", "document", "reason"],
            "properties": {
              "annotator": {"type": "string", "description": "Whose file."},
              "document": {"type": "string", "description": "Of which document."},
              "reason": {"type": "string", "description": "Why it does not count."}
            }
          }
        },
        "remedies": {
          "type": "array",
          "description": "What settling one kind in one label would bring; what would bring most comes first.",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["f1", "kind", "label", "places"],
            "properties": {
              "f1": {"type": ["number", "null"], "minimum": 0, "maximum": 1, "description": "Exact F1 if it were settled everywhere and nothing else were."},
              "kind": {"$ref": "#/$defs/kind"},
              "label": {"type": "string", "description": "The label, or two with a dash between."},
              "places": {"type": "integer", "minimum": 1, "description": "Where it is found."}
            }
          }
        }
      },
      "$defs": {
        "kind": {"enum": ["missing", "boundary", "label", "split", "attribute", "relation"], "description": "What differs."},
        "disagreement": {
          "type": "object",
          "additionalProperties": false,
          "required": ["annotators", "attributes", "document", "end", "endWords", "gapsDiffer", "kinds", "labels", "relations", "sentence", "start", "startWords", "text"],
          "properties": {
            "annotators": {
              "type": "array",
              "description": "What each annotator has here; who has not read so far is left out.",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["annotator", "spans"],
                "properties": {
                  "annotator": {"type": "string", "description": "Who."},
                  "spans": {"type": "array", "items": {"$ref": "#/$defs/span"}, "description": "None where nothing is marked."}
                }
              }
            },
            "attributes": {
              "type": "array",
              "description": "Attributes that differ.",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["name", "values"],
                "properties": {
                  "name": {"type": "string", "description": "The attribute."},
                  "values": {
                    "type": "array",
                    "description": "Of those whose span here may carry it.",
                    "items": {
                      "type": "object",
                      "additionalProperties": false,
                      "required": ["annotator", "values"],
                      "properties": {
                        "annotator": {"type": "string", "description": "Who."},
                        "values": {"type": "array", "items": {"type": "string"}, "description": "None where it is not set; several of several spans."}
                      }
                    }
                  }
                }
              }
            },
            "document": {"type": "string", "description": "The document."},
            "start": {"type": "integer", "minimum": 0, "description": "The first code point that anybody has marked."},
            "end": {"type": "integer", "minimum": 1, "description": "Behind the last."},
            "text": {"type": "string", "description": "The text in between."},
            "sentence": {"type": "integer", "minimum": 1, "description": "The sentence in which it begins, from 1."},
            "startWords": {"type": "integer", "minimum": 0, "description": "Words between the first and the last start."},
            "endWords": {"type": "integer", "minimum": 0, "description": "Words between the first and the last end."},
            "gapsDiffer": {"type": "boolean", "description": "Whether spans differ between their starts and their ends."},
            "kinds": {"type": "array", "items": {"$ref": "#/$defs/kind"}, "minItems": 1, "uniqueItems": true, "description": "All that differs."},
            "labels": {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": true, "description": "Labels of the spans."},
            "relations": {
              "type": "array",
              "description": "Relations that not all have drawn who could have.",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["drawnBy", "notDrawnBy", "to", "type"],
                "properties": {
                  "drawnBy": {"type": "array", "items": {"type": "string"}, "minItems": 1, "description": "Who has drawn it."},
                  "notDrawnBy": {"type": "array", "items": {"type": "string"}, "minItems": 1, "description": "Who has both spans and has not."},
                  "to": {
                    "description": "Where it leads; null where the target is not in the text.",
                    "anyOf": [
                      {"type": "null"},
                      {
                        "type": "object",
                        "additionalProperties": false,
                        "required": ["end", "labels", "start"],
                        "properties": {
                          "end": {"type": "integer", "minimum": 1, "description": "Behind the last code point."},
                          "labels": {"type": "array", "items": {"type": "string"}, "minItems": 1, "description": "Labels of the spans there."},
                          "start": {"type": "integer", "minimum": 0, "description": "The first code point."}
                        }
                      }
                    ]
                  },
                  "type": {"type": "string", "description": "The relation."}
                }
              }
            }
          }
        },
        "span": {
          "type": "object",
          "additionalProperties": false,
          "required": ["attributes", "end", "fragments", "id", "label", "start"],
          "properties": {
            "attributes": {"type": "object", "additionalProperties": {"type": "string"}, "description": "Attributes that are set."},
            "start": {"type": "integer", "minimum": 0, "description": "The first code point."},
            "end": {"type": "integer", "minimum": 1, "description": "Behind the last."},
            "fragments": {
              "type": "array",
              "minItems": 1,
              "description": "One, or several of a discontinuous span.",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["end", "start", "text"],
                "properties": {
                  "end": {"type": "integer", "minimum": 1, "description": "Behind the last code point."},
                  "start": {"type": "integer", "minimum": 0, "description": "The first code point."},
                  "text": {"type": "string", "minLength": 1, "description": "The words."}
                }
              }
            },
            "id": {"type": "integer", "minimum": 1, "description": "The number in the annotator's file."},
            "label": {"type": "string", "description": "The label."}
          }
        }
      }
    }

    """#
}
