extension Defaults {
  /// The text of `Schemas/show.schema.json`, held equal to it by a test.
  static let showSchema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:gainsay:schema:show:1",
      "title": "gainsay show",
      "description": "The output of “gainsay show --json”: a text with its sentences, words and annotations. Offsets count Unicode code points from 0; an end is exclusive.",
      "type": "object",
      "additionalProperties": false,
      "required": ["id", "title", "text", "segmentation", "sentences", "annotations"],
      "properties": {
        "id": {"$ref": "#/$defs/name", "description": "The document’s name."},
        "title": {"type": "string", "description": "The document’s title.", "minLength": 1},
        "text": {"type": "string", "description": "The whole text."},
        "segmentation": {"const": 1, "description": "The version of the rules by which words and sentences are counted."},
        "sentences": {
          "type": "array",
          "description": "The sentences as the prompt numbers them.",
          "uniqueItems": true,
          "items": {"$ref": "#/$defs/sentence"}
        },
        "annotations": {
          "type": "array",
          "description": "The annotation files shown, each as it stands on disk.",
          "uniqueItems": true,
          "items": {"$ref": "#/$defs/annotationFile"}
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
        "span": {
          "type": "object",
          "additionalProperties": false,
          "required": ["id", "label", "start", "end", "text", "attributes", "created", "modified"],
          "properties": {
            "id": {"$ref": "#/$defs/id", "description": "The span’s number."},
            "label": {"$ref": "#/$defs/word", "description": "The label, one of the scheme’s."},
            "start": {"$ref": "#/$defs/offset", "description": "The first code point of the span, gaps included."},
            "end": {"$ref": "#/$defs/end", "description": "The code point after the last of the span, gaps included."},
            "text": {"type": "string", "description": "The text from start to end, gaps included.", "minLength": 1},
            "fragments": {
              "type": "array",
              "description": "The parts of a discontinuous span, ascending, neither touching nor overlapping; left out where the span is unbroken.",
              "minItems": 2,
              "uniqueItems": true,
              "items": {"$ref": "#/$defs/fragment"}
            },
            "attributes": {"$ref": "#/$defs/attributes", "description": "The attributes that are set on the span."},
            "note": {"type": "string", "description": "A remark by the annotator; left out when empty.", "minLength": 1},
            "origin": {"$ref": "#/$defs/origin", "description": "Where the span came from; left out when it was simply typed."},
            "created": {"$ref": "#/$defs/timestamp", "description": "When it was made."},
            "modified": {"$ref": "#/$defs/timestamp", "description": "When it was last changed."}
          },
          "description": "A label on a stretch of the text."
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
        "annotationFile": {
          "type": "object",
          "additionalProperties": false,
          "required": ["format", "document", "annotator", "role", "scheme", "status", "seenTo", "textSHA256", "spans", "relations"],
          "properties": {
            "format": {"const": 1, "description": "The version of this format."},
            "document": {"$ref": "#/$defs/name", "description": "The document’s name: the folder that holds the file."},
            "annotator": {"$ref": "#/$defs/name", "description": "Who annotated; “gold” in the adjudicated file."},
            "role": {
              "enum": ["annotator", "gold"],
              "description": "“annotator” for one annotator’s file, “gold” for the adjudicated one."
            },
            "scheme": {
              "type": "object",
              "additionalProperties": false,
              "required": ["name", "version"],
              "properties": {
                "name": {"$ref": "#/$defs/name", "description": "The scheme’s name."},
                "version": {"$ref": "#/$defs/version", "description": "The scheme’s version when the file was written."}
              },
              "description": "The scheme that the annotations follow."
            },
            "status": {"enum": ["in-progress", "complete"], "description": "Whether the annotator has finished the document."},
            "seenTo": {
              "type": "integer",
              "description": "How far the annotator has read, in code points; the text’s length when complete.",
              "minimum": 0
            },
            "textSHA256": {
              "$ref": "#/$defs/sha256",
              "description": "The digest of the bytes of document.txt that the annotations were made on."
            },
            "spans": {
              "type": "array",
              "description": "The spans in reading order: by start, then end, then id.",
              "uniqueItems": true,
              "items": {"$ref": "#/$defs/span"}
            },
            "declined": {
              "type": "array",
              "description": "Suggestions that were refused, in reading order; left out where there are none.",
              "uniqueItems": true,
              "items": {"$ref": "#/$defs/declined"}
            },
            "relations": {
              "type": "array",
              "description": "The relations, by id.",
              "uniqueItems": true,
              "items": {"$ref": "#/$defs/relation"}
            }
          },
          "description": "The annotations of one document by one annotator, or the adjudicated version.",
          "if": {"required": ["role"], "properties": {"role": {"const": "gold"}}},
          "then": {"properties": {"annotator": {"const": "gold"}}},
          "else": {"properties": {"annotator": {"not": {"enum": ["document", "gold"]}}}}
        },
        "version": {
          "type": "string",
          "description": "A version: numbers separated by points, such as 1.0.0.",
          "pattern": "^[0-9]+(\\.[0-9]+)*([-+][0-9A-Za-z.+-]+)?$"
        },
        "sentence": {
          "type": "object",
          "additionalProperties": false,
          "required": ["start", "end", "words"],
          "properties": {
            "start": {"$ref": "#/$defs/offset", "description": "The sentence’s first code point."},
            "end": {"$ref": "#/$defs/end", "description": "The code point after the sentence’s last."},
            "words": {
              "type": "array",
              "description": "The words as the prompt numbers them, each as its start and its end.",
              "uniqueItems": true,
              "items": {
                "type": "array",
                "minItems": 2,
                "maxItems": 2,
                "prefixItems": [{"$ref": "#/$defs/offset"}, {"$ref": "#/$defs/end"}],
                "items": false
              }
            }
          },
          "description": "One sentence."
        }
      }
    }

    """#
}
