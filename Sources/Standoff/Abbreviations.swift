/// The words that the sentence rules know, part of ``Segmentation/version``: one table for all languages.
///
/// One table, because sentence numbers and coefficients must not change when a document's language is filled in later.
/// Entries are without their final point.
enum Abbreviations {
  /// The roles a word can have, together, so that a full stop costs one look-up.
  struct Kinds: OptionSet {
    let rawValue: UInt16
    static let beforeName = Kinds(rawValue: 1)
    static let beforeNumber = Kinds(rawValue: 2)
    static let month = Kinds(rawValue: 4)
    static let afterName = Kinds(rawValue: 8)
    static let hour = Kinds(rawValue: 16)
    static let always = Kinds(rawValue: 32)
    static let listEnd = Kinds(rawValue: 64)
    static let exclaimed = Kinds(rawValue: 128)
    static let opener = Kinds(rawValue: 256)
    static let afterHour = Kinds(rawValue: 512)
    static let speech = Kinds(rawValue: 1024)
    static let nameParticle = Kinds(rawValue: 2048)
    static let afterOrdinal = Kinds(rawValue: 4096)
  }

  static func kinds(of word: String) -> Kinds { table[word] ?? [] }

  private static let table: [String: Kinds] = {
    var table: [String: Kinds] = [:]
    for (words, kind) in [
      (beforeName, Kinds.beforeName), (beforeNumber, .beforeNumber), (months, .month), (afterName, .afterName),
      (hours, .hour), (always, .always), (listEnds, .listEnd), (exclaimedNames, .exclaimed), (openers, .opener),
      (afterHours, .afterHour), (speechVerbs, .speech), (nameParticles, .nameParticle), (afterOrdinal, .afterOrdinal),
    ] {
      for word in words { table[word, default: []].insert(kind) }
    }
    return table
  }()

  /// Abbreviations before a name or a place; a sentence never ends after them.
  private static let beforeName = words(
    """
    Mr Mrs Ms Mx Dr Prof Sen Sens Rep Reps Gov Govs Pres Gen Lt Col Maj Capt Cpt Sgt Cpl Adm Cmdr Rev Hon Fr Msgr Supt
    Insp Det Atty Amb Sec Messrs Mme Mlle Mt Ft ST Nr vs v cf viz approx ca resp Brig Pvt Pte
    Sr Sra Srta Sres Dra Lic Ing Arq Gral Cnel Gob Dip Av Avda
    Hr Fr Frau Dipl Hrn Mag bzw evtl ggf inkl exkl sog vgl geb gest zzgl Abs Abt Str bspw bes einschl
    ул им проф акад ген гл тов просп пр-т пл наб д-р гр св пос дер респ обл р-н напр инж
    """)

  /// Abbreviations before a number, some of which are ordinary words elsewhere.
  private static let beforeNumber = words(
    """
    No Nos no nos p pp Vol vol Fig fig Art art Sec sec Ch ch para paras Nr Nrn S Bd Kap Ziff núm Núm pág págs Pág art
    cap est № стр рис табл гл п ст с корп
    """)

  /// Short months and weekdays; a sentence does not end between them and a number.
  private static let months = words(
    """
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
    Jän Mär Okt Dez ene feb abr jun jul ago sept oct nov dic янв фев февр апр авг сент окт нояб дек
    """)

  /// Abbreviations after a name, place, amount or list; a sentence ends after them only if the next word opens one.
  private static let afterName = words(
    """
    St Jr Sr Inc Corp Co Cos Ltd LLC PLC Bros Dept Univ Assn Ave Blvd Rd Hwy Bldg Ste Apt Esq Ret Mfg Intl Natl al
    Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex
    Va Vt Wash Wis Wyo Ph.D M.D B.A M.A PhD LL.M Cía Cia S.A tel Tel ext min hrs hr sec lb lbs oz ft kg km mph Mio Mrd
    Tsd UU EE dgl usw u.a o.ä г гг в вв тыс млн млрд трлн др т.д т.п тд тп н.э
    """)

  /// Times of day; a sentence continues after them only with a day, a month or a time zone.
  private static let hours = words("a.m p.m am pm A.M P.M")

  /// Abbreviations after which a sentence never ends.
  private static let always = words("e.g i.e a.k.a z.B d.h u.U z.T i.d.R т.е т.к т.н p.ej s.o v.Chr n.Chr s.o s.u i.V")

  /// Ends of lists; a sentence ends after them if a capital follows.
  private static let listEnds = words("etc usw т.д т.п ق.م руб коп")

  /// Company names with an exclamation mark.
  private static let exclaimedNames = words("Yahoo Jeopardy")

  /// Words that more often open a sentence than continue a name.
  private static let openers = words(
    """
    The A An He She It They We I You This That These Those There Here His Her Its Their Our My Your In On At By For From
    With Without Under Over After Before Since Until During While When Where Why What Who Whose Which How If Although
    Though Because As But And Or Nor So Yet However Meanwhile Still Then Thus Therefore Instead Also Even Only Both
    Either Neither Each Every All Some Many Most Several Few No None Not Now Today Yesterday Tomorrow Later Earlier
    Officials Police Critics Analysts Authorities Investigators Prosecutors Lawyers Residents Witnesses Shares Sources
    Asked According Among Between Despite Last Next More Another Other Others One Two Three Once Nobody Everyone
    Anyone Someone Nothing Shareholders Regulators Staff Neighbours Neighbors Reporters Supporters Opponents
    El La Los Las Un Una Unos Unas Él Ella Ellos Ellas Esto Este Esta Ese Esa Eso Pero Y En Con Por Para Sin Según Tras
    Desde Hasta Cuando Mientras Aunque Como No Sí Ya Hoy Ayer También Además Después Luego Así Su Sus Al Del
    Der Die Das Ein Eine Er Sie Es Wir Ich Ihr Dies Diese Dieser Dieses Aber Und Oder Im In Am An Auf Bei Mit Nach Von
    Vor Zu Zum Zur Für Wenn Als Wie Was Wer Wo Doch Auch Nun Heute Gestern Morgen Danach Dann Dort Sein Seine Ihre Laut
    Seit Trotz Während Kritiker Zuvor Später Dagegen Damit Daher Deshalb Allerdings
    В Во На По За Из От До Для При Без Под Над К Ко С Со О Об У Он Она Оно Они Мы Вы Я Это Этот Эта Эти Тот Но А И Или
    Как Если Когда Где Что Кто Также Однако Затем Потом Позже Ранее Сейчас Сегодня Вчера Завтра По-прежнему После
    Перед Поэтому Его Её Ее Их Все Всё Власти Там Тогда Здесь
    """)

  /// Words that may follow a time of day within its sentence.
  private static let afterHours = words(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
    October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec GMT UTC BST CET CEST EET EST EDT ET CST
    CDT CT MST MDT MT PST PDT PT IST JST Eastern Central Pacific Mountain Moscow Kyiv Beijing London
    """)

  /// Verbs of speech that follow a quotation closed by `?`, `!` or `…` in the same sentence.
  private static let speechVerbs = words(
    """
    said says asked asks told tells added adds wrote writes replied replies shouted shouts cried demanded demands
    wondered exclaimed answered answers insisted insists called tweeted posted responded continued remarked noted
    quipped joked yelled screamed whispered pleaded recalled declared warned dijo preguntó respondió sagte fragte
    сказал сказала спросил спросила заявил заявила ответил ответила
    قال قالت سأل سألت أجاب أجابت صرخ صرخت أضاف أضافت هتف هتفت رد ردت
    """)

  /// Words that may stand between the capitals of a name.
  private static let nameParticles = words("the of de la del van von der den al bin ibn el di da and y und")

  /// Words that follow an ordinal number within a German sentence.
  private static let afterOrdinal = words(
    """
    Januar Februar März April Mai Juni Juli August September Oktober November Dezember Jänner Jahrhundert Jahrhunderts
    Jahrhunderte Liga Mal Platz Runde Stock Bezirk Tag Tages Woche Jahr Jahrestag Geburtstag Etage Bundesliga Spieltag
    Minute Wahlperiode Legislaturperiode Auflage Kapitel Klasse Hochzeitstag Armee Division Weltkrieg Weltkriegs
    Stelle Sitzung Verhandlungstag Parteitag Senat Strafkammer Zivilkammer Stadtbezirk Halbjahr Quartal Kongress
    """)

  /// Chinese verbs and nouns of speech that follow a closed quotation in the same sentence.
  static let chineseSpeech: [String] = [
    "说", "說", "称", "稱", "表示", "问", "問", "答", "道", "写", "寫", "指出", "强调", "強調", "回应", "回應", "补充", "告诉", "喊", "认为", "透露",
    "解释", "警告", "否认",
  ]

  private static func words(_ text: String) -> [String] {
    text.split { $0 == " " || $0 == "\n" }.map(String.init)
  }

  /// Chinese words that contain a word of speech but are none.
  static let chineseNoSpeech: [String] = ["没", "沒", "问题", "問題", "说完", "說完"]

  /// Chinese words that continue a sentence after a closed quotation or title.
  static let chineseGoesOn: Set<Character> = ["的", "并", "並", "和", "与", "與", "等", "时", "時", "之", "地", "后", "後"]

  /// The length of the longest abbreviation in bytes; longer words need no look-up.
  static let longest = 16
}
