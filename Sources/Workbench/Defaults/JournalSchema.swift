extension Defaults {
  /// The text of `Schemas/journal.schema.json`, held equal to it by a test.
  static let journalSchema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:gainsay:schema:journal:1",
      "title": "gainsay journal record",
      "description": "One line of Annotations/<document>/.<annotator>.journal: an edit, an undo or a redo, with what is needed to reverse it. Offsets count Unicode code points from 0; an end is exclusive.",
      "type": "object",
      "additionalProperties": false,
      "required": ["at", "did", "changes", "before", "after", "scheme", "seenTo"],
      "properties": {
        "at": {"$ref": "#/$defs/timestamp", "description": "When it was done."},
        "did": {
          "enum": ["do", "undo", "redo"],
          "description": "Whether it was an edit, or an earlier edit taken back or made again."
        },
        "changes": {
          "type": "array",
          "description": "The changes as they were applied, in that order; an undo or a redo states its own.",
          "items": {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"enum": ["span", "relation", "declined", "status"], "description": "What changed."}},
            "allOf": [
              {"if": {"properties": {"kind": {"const": "span"}}}, "then": {"$ref": "#/$defs/spanChange"}},
              {"if": {"properties": {"kind": {"const": "relation"}}}, "then": {"$ref": "#/$defs/relationChange"}},
              {"if": {"properties": {"kind": {"const": "declined"}}}, "then": {"$ref": "#/$defs/declinedChange"}},
              {"if": {"properties": {"kind": {"const": "status"}}}, "then": {"$ref": "#/$defs/statusChange"}}
            ]
          }
        },
        "before": {"$ref": "#/$defs/sha256", "description": "The digest of the annotation content before."},
        "after": {"$ref": "#/$defs/sha256", "description": "The digest of the annotation content after."},
        "by": {"type": "string", "minLength": 1, "description": "Who did it, by login, where that is known."},
        "scheme": {"$ref": "#/$defs/name", "description": "The name of the scheme."},
        "seenTo": {"type": "integer", "description": "How far the annotator had read by then, in code points.", "minimum": 0}
      },
      "$defs": {
        "name": {"type": "string", "description": "The name of a scheme.", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"},
        "id": {"type": "integer", "description": "A positive number, counted per file and never reused.", "minimum": 1},
        "offset": {"type": "integer", "description": "A place in the text in Unicode code points, from 0.", "minimum": 0},
        "end": {
          "type": "integer",
          "description": "The end of a stretch of text in Unicode code points, from 0; the code point at this place is no longer part of it.",
          "minimum": 1
        },
        "word": {
          "type": "string",
          "description": "A letter, then letters, digits, “_” or “-”, in any script.",
          "pattern": "^[^0-9_\\-\\u0000-\\u0020!-,./:-@\\[-^`{-\\u00A9\\u00AB-\\u00B4\\u00B6-\\u00B9\\u00BB-\\u00BF\\u00D7\\u00F7\\u2000-\\u206F\\u20A0-\\u20CF\\u2190-\\u2BFF\\u2E00-\\u2E7F\\u3000-\\u3004\\u3008-\\u3020\\u3030\\uFF01-\\uFF0F][^\\u0000-\\u0020!-,./:-@\\[-^`{-\\u00A9\\u00AB-\\u00B4\\u00B6-\\u00B9\\u00BB-\\u00BF\\u00D7\\u00F7\\u2000-\\u206F\\u20A0-\\u20CF\\u2190-\\u2BFF\\u2E00-\\u2E7F\\u3000-\\u3004\\u3008-\\u3020\\u3030\\uFF01-\\uFF0F]*$"
        },
        "sha256": {
          "type": "string",
          "description": "A SHA-256 digest in lower-case hexadecimal.",
          "minLength": 64,
          "maxLength": 64,
          "pattern": "^[0-9a-f]{64}$"
        },
        "timestamp": {
          "type": "string",
          "description": "A moment in UTC, to the second.",
          "minLength": 20,
          "maxLength": 20,
          "pattern": "^(([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$"
        },
        "attributes": {
          "type": "object",
          "description": "Attributes that are set, each with its value.",
          "propertyNames": {"$ref": "#/$defs/word"},
          "additionalProperties": {"type": "string"}
        },
        "origin": {
          "type": "object",
          "description": "Where the span came from, such as the suggester that proposed it.",
          "minProperties": 1,
          "propertyNames": {"minLength": 1},
          "additionalProperties": {"type": "string"}
        },
        "relation": {
          "type": "object",
          "additionalProperties": false,
          "required": ["id", "type", "from", "to", "created", "modified"],
          "properties": {
            "id": {"$ref": "#/$defs/id", "description": "The relation’s number, counted apart from the spans’."},
            "type": {"$ref": "#/$defs/word", "description": "The relation’s name, one of the scheme’s."},
            "from": {"$ref": "#/$defs/id", "description": "The span from which the relation goes out."},
            "to": {
              "description": "The span it goes to, or null: the target is not in the text.",
              "anyOf": [{"$ref": "#/$defs/id"}, {"type": "null"}]
            },
            "text": {
              "type": "string",
              "description": "The missing target in the annotator’s words; only where “to” is null.",
              "minLength": 1
            },
            "created": {"$ref": "#/$defs/timestamp", "description": "When it was made."},
            "modified": {"$ref": "#/$defs/timestamp", "description": "When it was last changed."}
          },
          "description": "A relation from one span to another, or to something that is not in the text.",
          "if": {"required": ["text"]},
          "then": {"properties": {"to": {"type": "null"}}}
        },
        "journalSpan": {
          "type": "object",
          "additionalProperties": false,
          "required": ["id", "label", "fragments", "attributes", "created", "modified"],
          "properties": {
            "id": {"$ref": "#/$defs/id", "description": "The span’s number."},
            "label": {"$ref": "#/$defs/word", "description": "The label, one of the scheme’s."},
            "fragments": {
              "type": "array",
              "description": "The stretches that the span covers, ascending; one where it is unbroken.",
              "minItems": 1,
              "uniqueItems": true,
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["start", "end"],
                "properties": {
                  "start": {"$ref": "#/$defs/offset", "description": "The first code point."},
                  "end": {"$ref": "#/$defs/end", "description": "The code point after the last."}
                }
              }
            },
            "attributes": {"$ref": "#/$defs/attributes", "description": "The attributes that are set on the span."},
            "note": {"type": "string", "description": "A remark by the annotator; left out when empty.", "minLength": 1},
            "origin": {"$ref": "#/$defs/origin", "description": "Where the span came from; left out when it was simply typed."},
            "created": {"$ref": "#/$defs/timestamp", "description": "When it was made."},
            "modified": {"$ref": "#/$defs/timestamp", "description": "When it was last changed."}
          },
          "description": "A span without its words."
        },
        "spanChange": {
          "type": "object",
          "additionalProperties": false,
          "required": ["kind", "id", "from", "to"],
          "properties": {
            "kind": {"const": "span", "description": "What changed: a span."},
            "id": {"$ref": "#/$defs/id", "description": "The number of the span."},
            "from": {
              "description": "The span before, or null where it is new.",
              "anyOf": [{"$ref": "#/$defs/journalSpan"}, {"type": "null"}]
            },
            "to": {
              "description": "The span after, or null where it was deleted.",
              "anyOf": [{"$ref": "#/$defs/journalSpan"}, {"type": "null"}]
            }
          },
          "description": "A span made, changed or deleted.",
          "not": {"properties": {"from": {"type": "null"}, "to": {"type": "null"}}}
        },
        "relationChange": {
          "type": "object",
          "additionalProperties": false,
          "required": ["kind", "id", "from", "to"],
          "properties": {
            "kind": {"const": "relation", "description": "What changed: a relation."},
            "id": {"$ref": "#/$defs/id", "description": "The number of the relation."},
            "from": {
              "description": "The relation before, or null where it is new.",
              "anyOf": [{"$ref": "#/$defs/relation"}, {"type": "null"}]
            },
            "to": {
              "description": "The relation after, or null where it was deleted.",
              "anyOf": [{"$ref": "#/$defs/relation"}, {"type": "null"}]
            }
          },
          "description": "A relation made, changed or deleted.",
          "not": {"properties": {"from": {"type": "null"}, "to": {"type": "null"}}}
        },
        "declined": {
          "type": "object",
          "additionalProperties": false,
          "required": ["fragments", "label"],
          "properties": {
            "label": {"$ref": "#/$defs/word", "description": "The label that was suggested, one of the scheme’s."},
            "fragments": {
              "type": "array",
              "description": "The stretches that the suggestion covered, ascending.",
              "minItems": 1,
              "uniqueItems": true,
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["start", "end"],
                "properties": {
                  "start": {"$ref": "#/$defs/offset", "description": "The first code point."},
                  "end": {"$ref": "#/$defs/end", "description": "The code point after the last."}
                }
              }
            }
          },
          "description": "A suggestion that the annotator refused; it is not made again."
        },
        "declinedChange": {
          "type": "object",
          "additionalProperties": false,
          "required": ["kind", "from", "to"],
          "properties": {
            "kind": {"const": "declined", "description": "What changed: a refusal of a suggestion."},
            "from": {
              "description": "The refusal taken back, or null.",
              "anyOf": [{"$ref": "#/$defs/declined"}, {"type": "null"}]
            },
            "to": {
              "description": "The refusal made, or null.",
              "anyOf": [{"$ref": "#/$defs/declined"}, {"type": "null"}]
            }
          },
          "description": "A suggestion refused, or a refusal taken back.",
          "not": {"properties": {"from": {"type": "null"}, "to": {"type": "null"}}}
        },
        "statusChange": {
          "type": "object",
          "additionalProperties": false,
          "required": ["kind", "from", "to"],
          "properties": {
            "kind": {"const": "status", "description": "What changed: the status."},
            "from": {"enum": ["in-progress", "complete"], "description": "The status before."},
            "to": {"enum": ["in-progress", "complete"], "description": "The status after; never the same."}
          },
          "description": "The document finished, or taken up again.",
          "if": {"required": ["from"], "properties": {"from": {"const": "complete"}}},
          "then": {"properties": {"to": {"const": "in-progress"}}},
          "else": {"properties": {"to": {"const": "complete"}}}
        }
      }
    }

    """#
}
