extension Defaults {
  /// The text of `Schemas/lexicon.schema.json`, held equal to it by a test.
  static let lexiconSchema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "urn:gainsay:schema:lexicon:1",
      "title": "An attribution lexicon",
      "description": "Schemas/<language>.lexicon.json: the words by which a language reports speech and denial, in every form that a newspaper uses, in lower case.",
      "type": "object",
      "additionalProperties": false,
      "required": ["format", "language", "version"],
      "properties": {
        "format": {"const": 1},
        "language": {"type": "string", "description": "A BCP 47 tag.", "minLength": 2},
        "version": {"type": "string", "description": "The version of the words.", "pattern": "^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)$"},
        "abstainers": {"description": "Look like denials and are none.", "$ref": "#/$defs/words"},
        "accusing": {"description": "Report, and their object begins the content.", "$ref": "#/$defs/words"},
        "addressing": {"description": "May be followed by who is spoken to.", "$ref": "#/$defs/words"},
        "adverbs": {"description": "Stand between a source, its cue and the content and belong to none.", "$ref": "#/$defs/words"},
        "auxiliaries": {"description": "Stand before a cue and are no part of it.", "$ref": "#/$defs/words"},
        "calling": {"description": "Name something.", "$ref": "#/$defs/words"},
        "circumstances": {"description": "Prepositions that begin a circumstance.", "$ref": "#/$defs/words"},
        "complementizers": {"description": "Open the content and are no part of it.", "$ref": "#/$defs/words"},
        "conjunctions": {"description": "Join clauses.", "$ref": "#/$defs/words"},
        "denying": {"description": "Deny.", "$ref": "#/$defs/words"},
        "denyingNouns": {"description": "Nouns of denial that take a clause.", "$ref": "#/$defs/words"},
        "determiners": {"description": "Begin a noun phrase.", "$ref": "#/$defs/words"},
        "falsity": {"description": "Say that something is untrue.", "$ref": "#/$defs/words"},
        "knowing": {"description": "Deny knowledge or part in something.", "$ref": "#/$defs/words"},
        "linking": {"description": "Go on with a noun phrase.", "$ref": "#/$defs/words"},
        "modals": {"description": "Auxiliaries of what is wished, planned or possible.", "$ref": "#/$defs/words"},
        "naming": {"description": "Come before a name or title in quotation marks.", "$ref": "#/$defs/words"},
        "negations": {"description": "Negate.", "$ref": "#/$defs/words"},
        "nouns": {"description": "Speech nouns that take a clause.", "$ref": "#/$defs/words"},
        "organisations": {"description": "Heads of noun phrases for bodies that speak.", "$ref": "#/$defs/words"},
        "passives": {"description": "Auxiliaries of the passive.", "$ref": "#/$defs/words"},
        "prepositions": {"description": "Cues that are prepositions.", "$ref": "#/$defs/words"},
        "pronouns": {"description": "Sources by themselves.", "$ref": "#/$defs/words"},
        "relatives": {"description": "Pronouns that open a clause about a noun.", "$ref": "#/$defs/words"},
        "roles": {"description": "Heads of noun phrases for people who speak.", "$ref": "#/$defs/words"},
        "speech": {"description": "Report speech.", "$ref": "#/$defs/words"},
        "subordinators": {"description": "Begin a clause and so end a noun phrase.", "$ref": "#/$defs/words"},
        "thought": {"description": "Report thought, wish and intention.", "$ref": "#/$defs/words"},
        "times": {"description": "Say when, where or by which way something was said.", "$ref": "#/$defs/words"},
        "titles": {"description": "Come before a name.", "$ref": "#/$defs/words"}
      },
      "$defs": {
        "words": {
          "type": "array",
          "description": "Words, or several words with one blank between them.",
          "uniqueItems": true,
          "items": {"type": "string", "minLength": 1}
        }
      }
    }

    """#
}
