extension Defaults {
  /// The text of `Schemas/jsonl.schema.json`, held equal to it by a test.
  static let jsonlSchema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:gainsay:schema:jsonl:1",
      "title": "gainsay export jsonl record",
      "description": "One line of “gainsay export jsonl”: one document with one annotator’s spans and relations. Offsets count Unicode code points from 0; an end is exclusive.",
      "type": "object",
      "additionalProperties": false,
      "required": ["id", "text", "annotator", "spans", "relations"],
      "properties": {
        "id": {"$ref": "#/$defs/name", "description": "The document’s name."},
        "text": {"type": "string", "description": "The whole text."},
        "annotator": {"$ref": "#/$defs/name", "description": "Whose annotations they are."},
        "spans": {
          "type": "array",
          "description": "The spans in reading order.",
          "uniqueItems": true,
          "items": {"$ref": "#/$defs/exportedSpan"}
        },
        "relations": {
          "type": "array",
          "description": "The relations, by id.",
          "uniqueItems": true,
          "items": {"$ref": "#/$defs/exportedRelation"}
        }
      },
      "$defs": {
        "id": {"type": "integer", "description": "A positive number, counted per file and never reused.", "minimum": 1},
        "offset": {"type": "integer", "description": "A place in the text in Unicode code points, from 0.", "minimum": 0},
        "end": {
          "type": "integer",
          "description": "The end of a stretch of text in Unicode code points, from 0; the code point at this place is no longer part of it.",
          "minimum": 1
        },
        "name": {
          "type": "string",
          "description": "The name of a document, an annotator or a scheme.",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"
        },
        "word": {
          "type": "string",
          "description": "A letter, then letters, digits, “_” or “-”, in any script.",
          "pattern": "^[^0-9_\\-\\u0000-\\u0020!-,./:-@\\[-^`{-\\u00A9\\u00AB-\\u00B4\\u00B6-\\u00B9\\u00BB-\\u00BF\\u00D7\\u00F7\\u2000-\\u206F\\u20A0-\\u20CF\\u2190-\\u2BFF\\u2E00-\\u2E7F\\u3000-\\u3004\\u3008-\\u3020\\u3030\\uFF01-\\uFF0F][^\\u0000-\\u0020!-,./:-@\\[-^`{-\\u00A9\\u00AB-\\u00B4\\u00B6-\\u00B9\\u00BB-\\u00BF\\u00D7\\u00F7\\u2000-\\u206F\\u20A0-\\u20CF\\u2190-\\u2BFF\\u2E00-\\u2E7F\\u3000-\\u3004\\u3008-\\u3020\\u3030\\uFF01-\\uFF0F]*$"
        },
        "fragment": {
          "type": "object",
          "additionalProperties": false,
          "required": ["start", "end", "text"],
          "properties": {
            "start": {"$ref": "#/$defs/offset", "description": "The fragment’s first code point."},
            "end": {"$ref": "#/$defs/end", "description": "The code point after the fragment’s last."},
            "text": {"type": "string", "description": "The fragment’s words: the text from start to end.", "minLength": 1}
          },
          "description": "One unbroken part of a span."
        },
        "exportedSpan": {
          "type": "object",
          "additionalProperties": false,
          "required": ["id", "label", "start", "end", "text", "fragments", "attributes", "note"],
          "properties": {
            "id": {"$ref": "#/$defs/id", "description": "The span’s number."},
            "label": {"$ref": "#/$defs/word", "description": "The label."},
            "start": {"$ref": "#/$defs/offset", "description": "The first code point, gaps included."},
            "end": {"$ref": "#/$defs/end", "description": "The code point after the last, gaps included."},
            "text": {"type": "string", "description": "The text from start to end, gaps included.", "minLength": 1},
            "fragments": {
              "type": "array",
              "description": "The unbroken parts of the span, ascending; one where it is unbroken.",
              "minItems": 1,
              "uniqueItems": true,
              "items": {"$ref": "#/$defs/fragment"}
            },
            "attributes": {
              "type": "object",
              "description": "Every attribute of the scheme, with its value or null where it is not set.",
              "propertyNames": {"$ref": "#/$defs/word"},
              "additionalProperties": {"type": ["string", "null"]}
            },
            "note": {
              "description": "A remark by the annotator, or null.",
              "anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]
            }
          },
          "description": "A label on a stretch of the text."
        },
        "exportedRelation": {
          "type": "object",
          "additionalProperties": false,
          "required": ["id", "type", "from", "to", "text"],
          "properties": {
            "id": {"$ref": "#/$defs/id", "description": "The relation’s number."},
            "type": {"$ref": "#/$defs/word", "description": "The relation’s name."},
            "from": {"$ref": "#/$defs/id", "description": "The span from which it goes out."},
            "to": {
              "description": "The span it goes to, or null: the target is not in the text.",
              "anyOf": [{"$ref": "#/$defs/id"}, {"type": "null"}]
            },
            "text": {
              "description": "The missing target in the annotator’s words, or null; only where “to” is null.",
              "anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]
            }
          },
          "description": "A relation between spans.",
          "if": {"properties": {"to": {"type": "integer"}}},
          "then": {"properties": {"text": {"type": "null"}}}
        }
      }
    }

    """#
}
