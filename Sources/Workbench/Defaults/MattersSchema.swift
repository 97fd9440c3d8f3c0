extension Defaults {
  /// The text of `Schemas/matters.schema.json`, held equal to it by a test.
  static let mattersSchema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:gainsay:schema:matters:1",
      "title": "gainsay matters",
      "description": "Schemas/matters.json: the matters in dispute that a team has agreed on.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "format",
        "matters"
      ],
      "properties": {
        "format": {
          "const": 1,
          "description": "The version of this format."
        },
        "matters": {
          "type": "array",
          "description": "No key stands twice.",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "key",
              "proposition"
            ],
            "properties": {
              "key": {
                "type": "string",
                "minLength": 1,
                "description": "The value of about."
              },
              "proposition": {
                "type": "string",
                "minLength": 1,
                "description": "What is in dispute, as one sentence."
              }
            }
          }
        }
      }
    }

    """#
}
