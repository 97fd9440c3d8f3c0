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
