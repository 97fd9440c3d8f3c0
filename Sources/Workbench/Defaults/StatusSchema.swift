extension Defaults {
  /// The text of `Schemas/status.schema.json`, held equal to it by a test.
  static let statusSchema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:gainsay:schema:status:1",
      "title": "gainsay status",
      "description": "The output of “gainsay status --json”: who has done how much.",
      "type": "object",
      "additionalProperties": false,
      "required": ["annotators", "documents", "labels"],
      "properties": {
        "annotators": {
          "type": "array",
          "description": "Everyone who has annotated or was assigned something.",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["activeSeconds", "annotator", "assigned", "done", "secondsLeft", "spans", "spansPerHour"],
            "properties": {
              "activeSeconds": {"type": "integer", "minimum": 0, "description": "Seconds of work, as the journals tell."},
              "annotator": {"$ref": "#/$defs/name", "description": "Who."},
              "assigned": {"type": ["integer", "null"], "minimum": 1, "description": "Documents assigned; null for none."},
              "done": {"type": "integer", "minimum": 0, "description": "Documents done."},
              "secondsLeft": {"type": ["integer", "null"], "minimum": 0, "description": "Seconds until all that is assigned is done, by the words read so far; null where there is nothing to go by."},
              "spans": {"type": "integer", "minimum": 0, "description": "Spans in all documents."},
              "spansPerHour": {"type": ["number", "null"], "minimum": 0, "description": "Spans an hour of work; null where there is no journal."}
            }
          }
        },
        "labels": {
          "type": "array",
          "description": "How far annotators agree so far: exact F1 over all pairs of those who are done.",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["before", "drifts", "f1", "label", "recent"],
            "properties": {
              "before": {"type": ["number", "null"], "minimum": 0, "maximum": 1, "description": "Of the documents before the last five; null where there are fewer than ten."},
              "drifts": {"type": "boolean", "description": "Whether the last five are lower by more than 0.1."},
              "f1": {"type": "number", "minimum": 0, "maximum": 1, "description": "Of all documents."},
              "label": {"$ref": "#/$defs/word", "description": "The label."},
              "recent": {"type": ["number", "null"], "minimum": 0, "maximum": 1, "description": "Of the five documents changed last."}
            }
          }
        },
        "documents": {
          "type": "array",
          "description": "The documents.",
          "uniqueItems": true,
          "items": {"$ref": "#/$defs/documentStatus"}
        }
      },
      "$defs": {
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
        "progress": {
          "type": "object",
          "additionalProperties": false,
          "required": ["annotator", "role", "status", "spans", "labels", "relations"],
          "properties": {
            "annotator": {"$ref": "#/$defs/name", "description": "Who annotated; “gold” for the adjudicated version."},
            "role": {"enum": ["annotator", "gold"], "description": "Whether it is one annotator’s file or the adjudicated one."},
            "status": {"enum": ["in-progress", "complete"], "description": "Whether the document is finished."},
            "spans": {"type": "integer", "description": "How many spans there are.", "minimum": 0},
            "labels": {
              "type": "object",
              "description": "How many spans each label has.",
              "propertyNames": {"$ref": "#/$defs/word"},
              "additionalProperties": {"type": "integer", "minimum": 0}
            },
            "relations": {"type": "integer", "description": "How many relations there are.", "minimum": 0}
          },
          "description": "How far one annotator has come.",
          "if": {"required": ["role"], "properties": {"role": {"const": "gold"}}},
          "then": {"properties": {"annotator": {"const": "gold"}}},
          "else": {"properties": {"annotator": {"not": {"enum": ["document", "gold"]}}}}
        },
        "documentStatus": {
          "type": "object",
          "additionalProperties": false,
          "required": ["id", "annotators", "agreement", "assigned", "veiled"],
          "properties": {
            "id": {"$ref": "#/$defs/name", "description": "The document’s name."},
            "assigned": {"type": "array", "uniqueItems": true, "items": {"$ref": "#/$defs/name"}, "description": "Who is to annotate it."},
            "veiled": {"type": "boolean", "description": "Whether whoever asks was assigned it and has not done it, so that others are left out."},
            "agreement": {
              "type": "object",
              "additionalProperties": false,
              "required": ["measure", "value"],
              "properties": {
                "measure": {"const": "span-f1-exact", "description": "The measure: the mean over pairs of annotators who are done."},
                "value": {"type": ["number", "null"], "description": "The figure, or null where it does not exist.", "minimum": 0, "maximum": 1}
              },
              "description": "Agreement so far."
            },
            "annotators": {
              "type": "array",
              "description": "Everyone who has an annotation file for it.",
              "uniqueItems": true,
              "items": {"$ref": "#/$defs/progress"}
            }
          },
          "description": "One document."
        }
      }
    }

    """#
}
