extension Defaults {
  /// The text of `Schemas/speakers.schema.json`, held equal to it by a test.
  static let speakersSchema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:gainsay:schema:speakers:1",
      "title": "gainsay speakers",
      "description": "Schemas/speakers.json: what a team agrees to call people and bodies.",
      "type": "object",
      "additionalProperties": false,
      "required": [
        "format",
        "speakers"
      ],
      "properties": {
        "format": {
          "const": 1,
          "description": "The version of this format."
        },
        "speakers": {
          "type": "array",
          "description": "No name stands twice.",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "name"
            ],
            "properties": {
              "name": {
                "type": "string",
                "minLength": 1,
                "description": "The spelling that spans are to have."
              },
              "aliases": {
                "type": "array",
                "items": {
                  "type": "string",
                  "minLength": 1
                },
                "description": "Other spellings of the same."
              }
            }
          }
        }
      }
    }

    """#
}
