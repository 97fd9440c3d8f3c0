extension Defaults {
  /// The text of `Schemas/attribution.scheme.json`, held equal to it by a test.
  static let attributionScheme = #"""
    {
      "format": 1,
      "name": "attribution",
      "version": "1.0.0",
      "title": "Attribution",
      "description": "Who is reported as saying what, and with which word: source, cue and content, as in PolNeAR, PARC3 and Citron.",
      "labels": [
        {"name": "source", "key": "s", "colour": "magenta", "kind": "source",
         "description": "The noun phrase or pronoun that names whose words or thoughts are reported."},
        {"name": "cue", "key": "k", "colour": "yellow", "kind": "cue",
         "description": "The word or words that report: said, believes, according to."},
        {"name": "content", "key": "c", "colour": "blue", "kind": "content", "default": "sentence",
         "description": "What is reported, quoted or not.",
         "requires": [["said-by", "cued-by"]]}
      ],
      "attributes": [
        {"name": "speaker", "labels": ["content", "source"], "type": "text",
         "description": "The person or body that speaks, spelled the same way everywhere; never a pronoun or a common noun by itself."}
      ],
      "relations": [
        {"name": "said-by", "from": ["content"], "to": ["source"],
         "description": "From what is reported to the words that name whose it is."},
        {"name": "cued-by", "from": ["content"], "to": ["cue"],
         "description": "From what is reported to the word or words that report it."}
      ],
      "guideline": [
        {"rule": 1, "labels": ["content"],
         "text": "Mark as content whatever the text gives as someone’s words or thoughts: statements, opinions, plans, demands, with or without quotation marks. What the reporter states in their own voice is not marked.",
         "right": "The ferry sank in an hour. ⟦source: Divers⟧ ⟦cue: believe⟧ ⟦content: a hatch was left open⟧.",
         "wrong": "⟦content: The ferry sank in an hour⟧. ⟦source: Divers⟧ ⟦cue: believe⟧ ⟦content: a hatch was left open⟧."},
        {"rule": 2, "labels": ["source"],
         "text": "A source is the fullest noun phrase in that sentence that names whose words they are: with the title, but without relative clauses and without the place. A pronoun is a source too; its speaker is the person it stands for. “A and B” saying one thing together is one source.",
         "right": "⟦source: School head Mara Lindt⟧, who retires in June, ⟦cue: said⟧ ⟦content: the roof would be mended by spring⟧.",
         "wrong": "School head ⟦source: Mara Lindt, who retires in June⟧, ⟦cue: said⟧ ⟦content: the roof would be mended by spring⟧."},
        {"rule": 3, "labels": ["cue"],
         "text": "A cue is the word or words that report: said, believes, promised, according to. Leave out auxiliaries, adverbs and times. The colon of a headline and bare quotation marks are no cue; a content without a cue is linked to its source alone.",
         "right": "⟦source: The clinic⟧ has since ⟦cue: admitted⟧ that ⟦content: two files are missing⟧.",
         "wrong": "⟦source: The clinic⟧ ⟦cue: has since admitted⟧ that ⟦content: two files are missing⟧."},
        {"rule": 4, "labels": ["content"],
         "text": "Mark the whole of what is reported as one content, its quoted and unquoted parts together, without source, cue, “that” or the final stop. If only the source and cue stand in the middle, it is still one content, in two fragments.",
         "right": "⟦source: The coach⟧ ⟦cue: said⟧ that ⟦content: the team had been “out of luck” all winter⟧.",
         "wrong": "⟦source: The coach⟧ ⟦cue: said⟧ that the team had been ⟦content: “out of luck”⟧ all winter."},
        {"rule": 5, "labels": ["content", "source", "cue"],
         "text": "Each cue that has content of its own gets one content, linked to its source and its cue. If one report stands inside another, mark both: the inner one is part of the outer content.",
         "right": "⟦source: The clerk⟧ ⟦cue: said⟧ that ⟦content: ⟦source: the tenants⟧ had ⟦cue: complained⟧ that ⟦content: the lift was broken⟧⟧.",
         "wrong": "⟦source: The clerk⟧ ⟦cue: said⟧ that ⟦content: the tenants had complained that the lift was broken⟧."},
        {"rule": 6, "labels": ["content", "source", "cue"],
         "text": "Spans start and end at words, and take a closing quotation mark together with the comma or stop inside it. If two ends seem right, choose the shorter span that still says it all. When in doubt, mark it and note the doubt.",
         "right": "⟦content: “We will rebuild the mill,”⟧ ⟦source: she⟧ ⟦cue: told⟧ reporters on Friday.",
         "wrong": "“⟦content: We will rebuild the mill⟧,” ⟦source: she⟧ ⟦cue: told⟧ reporters on Friday."}
      ]
    }

    """#
}
