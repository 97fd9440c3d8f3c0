import Standoff

/// The style sheet and the script of a report; the page is readable without either.
enum ReportStyle {
  /// Annotators beyond these have no lane; their spans are listed all the same.
  static let mostLanes = 12

  /// Nothing is loaded from anywhere, and no script runs but the report's own.
  static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-\(scriptDigest)'; base-uri 'none'; "
    + "form-action 'none'"

  /// SHA-256 of ``script`` in Base64, held to it by a test.
  static let scriptDigest = "LGsadmCO2rgWA91x2FoKhKZn9GLSbxXqH9OJqePM8Sg="

  /// Pixels from one lane to the next.
  static let lanePitch = 9

  /// The class of a stretch of text that has a bar: `a` the upper, `b` the lower one of a lane, counted from 1.
  static func name(ofBar bar: String, _ lane: Int, _ colour: Scheme.Label.Colour) -> String {
    "\(bar)\(lane)\(colour.rawValue.prefix(1))"
  }

  /// For each lane a gradient of one colour for the upper bar and one for the lower, from the text down.
  static let lanes: String = {
    var (images, places, names): ([String], [String], String) = ([], [], "")
    for lane in 1...mostLanes {
      for (half, bar) in ["a", "b"].enumerated() {
        let colour = "var(--\(bar)\(lane),transparent)"
        images.append("linear-gradient(\(colour),\(colour))")
        places.append("left 0 bottom calc((var(--n) - \(lane)) * \(lanePitch)px + \(half == 0 ? 5 : 1)px)")
        for colour in Scheme.Label.Colour.allCases {
          names += ".\(name(ofBar: bar, lane, colour)){--\(bar)\(lane):var(--\(colour.rawValue))}"
        }
      }
    }
    return """
      .lanes span{background-image:\(images.joined(separator: ","));background-position:\(places.joined(separator: ","))}
      \(names)

      """
  }()

  static let sheet = """
    :root{color-scheme:light dark;--ink:#1b1b1f;--dim:#5a5a63;--paper:#fff;--line:#c9c9d1;--link:#0b57d0;\
    --red:#c62828;--green:#2e7d32;--yellow:#9a6700;--blue:#1565c0;--magenta:#ad1a72;--cyan:#00707e;--white:#5f6368}
    @media (prefers-color-scheme:dark){:root{--ink:#e6e6ea;--dim:#a8a8b3;--paper:#16161a;--line:#44444d;--link:#8ab4f8;\
    --red:#ff8a80;--green:#81c784;--yellow:#ffd54f;--blue:#82b1ff;--magenta:#f48fb1;--cyan:#4dd0e1;--white:#bdc1c6}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
    main,nav{max-width:62rem;margin:0 auto;padding:0 1rem}
    nav{padding-top:.75rem}
    nav a{display:inline-block;padding:.25rem .5rem .25rem 0}
    a{color:var(--link)}
    :focus-visible{outline:2px solid var(--link);outline-offset:2px}
    .skip{position:absolute;left:-999rem}
    .skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.25rem}
    h1{font-size:1.6rem;margin:.5rem 0}
    h2{font-size:1.3rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line)}
    h3{font-size:1.05rem;margin:1.25rem 0 .25rem}
    .dim,caption{color:var(--dim)}
    p.dim{margin:.1rem 0;font-size:.9rem}
    .facts{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;list-style:none;padding:0}
    .facts b{font-size:1.3rem}
    .scroll{overflow-x:auto;margin:.75rem 0}
    table{border-collapse:collapse;font-size:.9rem;overflow-wrap:normal}
    caption{text-align:left;padding:.25rem 0;min-width:18rem}
    th,td{border:1px solid var(--line);padding:.2rem .5rem;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    th{font-weight:600}
    th[scope=row],th:first-child{text-align:left}
    td.heat{text-align:center}
    svg{display:block;max-width:100%;height:auto}
    svg text{fill:var(--ink);font:13px system-ui,sans-serif}
    .axis{stroke:var(--line);stroke-width:1}
    .bar{stroke:var(--blue);stroke-width:2}
    .dot{fill:var(--blue)}
    .other .bar{stroke:var(--magenta)}
    .other .dot{fill:var(--magenta)}
    .mean{fill:none;stroke:var(--blue);stroke-width:1.5}
    .denied b{color:var(--red)}
    .matter ul{margin:.2rem 0}
    .chip{display:inline-block;padding:0 .4rem;border-bottom:6px solid var(--c)}
    .legend{background:var(--paper);padding:.25rem 0;margin:0}
    .document{content-visibility:auto;contain-intrinsic-size:auto 60rem;border-top:1px solid var(--line)}
    .document ol{padding-left:2.2rem}
    .document li[id],section[id]{scroll-margin-top:7rem}
    .document li:target{box-shadow:inset 3px 0 var(--link);padding-left:.4rem}
    .document li>p{margin:.3rem 0;white-space:pre-wrap}
    .document .lanes{margin:calc(.2rem - var(--n) * 4px) 0 calc(var(--n) * 5px);line-height:calc(1.5em + var(--n) * 9px)}
    .lanes span{padding-bottom:calc(var(--n) * 9px);background-repeat:no-repeat;background-size:100% 3px;\
    -webkit-box-decoration-break:clone;box-decoration-break:clone;print-color-adjust:exact;-webkit-print-color-adjust:exact}
    details{font-size:.9rem}
    summary{color:var(--dim);cursor:pointer}
    .differs>details>summary{color:var(--ink)}
    .what{font-weight:600}
    .filter{display:inline}
    .filter label{display:inline-block;padding:.25rem .5rem .25rem 0}
    input[type=search]{font:inherit;width:9rem;max-width:100%;color:inherit;background:var(--paper);border:1px solid var(--dim);\
    padding:.2rem .4rem}
    [hidden]{display:none!important}
    @media (min-width:64rem) and (min-height:30rem){nav{position:sticky;top:0;z-index:1;background:var(--paper);\
    padding-bottom:.5rem;white-space:nowrap}.legend{position:sticky;top:3rem;z-index:1}\
    .who{position:sticky;top:5rem;background:var(--paper)}}
    @media (max-width:40rem){body{font-size:15px}.document ol{padding-left:1.6rem}}
    @media print{nav,.filter,.skip{display:none}.document{content-visibility:visible}a{color:inherit}}

    """

  /// Filters documents, sentences and matters by words.
  static let script = """
    (() => {
      const form = document.querySelector('.filter');
      const words = document.getElementById('words');
      const differing = document.getElementById('differing');
      const found = document.getElementById('found');
      form.hidden = false;
      const filter = () => {
        const wanted = words.value.trim().toLowerCase();
        let count = 0;
        for (const part of document.querySelectorAll('.document')) {
          const head = part.querySelector('h3').textContent.toLowerCase() + ' ' + part.id.toLowerCase();
          let shown = 0;
          for (const sentence of part.querySelectorAll('ol > li')) {
            const fits = (head.includes(wanted) || sentence.textContent.toLowerCase().includes(wanted))
              && (!differing.checked || sentence.classList.contains('differs'));
            sentence.hidden = !fits;
            if (fits) shown += 1;
          }
          part.hidden = shown === 0;
          count += shown;
        }
        for (const matter of document.querySelectorAll('.matter')) {
          matter.hidden = !matter.textContent.toLowerCase().includes(wanted);
        }
        found.textContent = wanted || differing.checked ? count + ' sentences shown' : '';
      };
      const reveal = hash => {
        const target = document.getElementById(decodeURIComponent(hash.slice(1)));
        if (!target || !target.closest('[hidden]')) return;
        words.value = '';
        differing.checked = false;
        filter();
        target.scrollIntoView();
      };
      addEventListener('click', event => {
        const link = event.target.closest('a[href^="#"]');
        if (link) reveal(link.hash);
      });
      words.addEventListener('input', filter);
      differing.addEventListener('change', filter);
      form.addEventListener('submit', event => event.preventDefault());
      addEventListener('hashchange', () => reveal(location.hash));
    })();
    """
}
