extension Defaults {
  /// The text of `Schemas/list.schema.json`, held equal to it by a test.
  static let listSchema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:gainsay:schema:list:1",
      "title": "gainsay list",
      "description": "The output of “gainsay list --json”: the documents of a workspace.",
      "type": "object",
      "additionalProperties": false,
      "required": ["documents"],
      "properties": {
        "documents": {"type": "array", "description": "The documents.", "uniqueItems": true, "items": {"$ref": "#/$defs/listed"}}
      },
      "$defs": {
        "name": {
          "type": "string",
          "description": "The name of a document, an annotator or a scheme.",
          "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"
        },
        "sha256": {
          "type": "string",
          "description": "A SHA-256 digest in lower-case hexadecimal.",
          "minLength": 64,
          "maxLength": 64,
          "pattern": "^[0-9a-f]{64}$"
        },
        "date": {
          "type": "string",
          "description": "A day of the calendar.",
          "minLength": 10,
          "maxLength": 10,
          "pattern": "^(([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)$"
        },
        "language": {
          "type": "string",
          "description": "A language tag as BCP 47 has them.",
          "pattern": "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"
        },
        "listed": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "id", "title", "source", "url", "published", "language", "characters", "words", "sentences", "sha256",
            "annotators"
          ],
          "properties": {
            "id": {"$ref": "#/$defs/name", "description": "The document’s name."},
            "title": {"type": "string", "description": "Its title.", "minLength": 1},
            "source": {"description": "Who published it, or null.", "anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]},
            "url": {
              "description": "Where it was published, or null.",
              "anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]
            },
            "published": {"description": "The day of publication, or null.", "anyOf": [{"$ref": "#/$defs/date"}, {"type": "null"}]},
            "language": {
              "description": "The language of the text, or null.",
              "anyOf": [{"$ref": "#/$defs/language"}, {"type": "null"}]
            },
            "characters": {"type": "integer", "description": "The text’s length in code points.", "minimum": 0},
            "words": {"type": "integer", "description": "How many words the text has.", "minimum": 0},
            "sentences": {"type": "integer", "description": "How many sentences the text has.", "minimum": 0},
            "sha256": {"$ref": "#/$defs/sha256", "description": "The digest of the bytes of document.txt."},
            "annotators": {
              "type": "array",
              "description": "Who has an annotation file for it.",
              "uniqueItems": true,
              "items": {"$ref": "#/$defs/name"}
            }
          },
          "description": "One document."
        }
      }
    }

    """#
}
