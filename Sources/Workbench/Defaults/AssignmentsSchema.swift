extension Defaults {
  /// The text of `Schemas/assignments.schema.json`, held equal to it by a test.
  static let assignmentsSchema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:gainsay:schema:assignments:1",
      "title": "gainsay assignments",
      "description": "Annotations/assignments.json: who is to annotate what.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "assignments",
        "format"
      ],
      "properties": {
        "format": {
          "const": 1,
          "description": "The version of this format."
        },
        "assignments": {
          "type": "array",
          "description": "By round, then in the order in which they are to be done.",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "annotators",
              "document",
              "round",
              "suggestions"
            ],
            "properties": {
              "annotators": {
                "type": "array",
                "minItems": 1,
                "uniqueItems": true,
                "items": {
                  "$ref": "#/$defs/name"
                },
                "description": "Who."
              },
              "document": {
                "$ref": "#/$defs/name",
                "description": "What."
              },
              "round": {
                "type": "integer",
                "minimum": 1,
                "maximum": 9007199254740991,
                "description": "The round, from 1."
              },
              "suggestions": {
                "type": "boolean",
                "description": "Whether spans may be suggested."
              }
            }
          }
        }
      },
      "$defs": {
        "name": {
          "type": "string",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$",
          "description": "The name of a document or an annotator."
        }
      }
    }

    """#
}
