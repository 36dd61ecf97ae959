(function () {
  "use strict";
  var form = document.querySelector(".filter");
  if (!form) return;
  var findings = Array.prototype.slice.call(document.querySelectorAll("article.finding"));
  var texts = findings.map(function (finding) { return (finding.parentNode.querySelector("h2").textContent + " " + finding.textContent).toLowerCase(); });
  function apply() {
    var text = form.elements.text.value.trim().toLowerCase();
    var family = form.elements.family.value;
    var severity = form.elements.severity.value;
    var shown = 0;
    findings.forEach(function (finding, i) {
      var isShown = (!text || texts[i].indexOf(text) >= 0)
        && (!family || finding.dataset.family === family)
        && (!severity || finding.dataset.severity === severity);
      finding.hidden = !isShown;
      if (isShown) shown++;
    });
    Array.prototype.forEach.call(document.querySelectorAll("section.rule"), function (rule) {
      rule.hidden = !rule.querySelector("article.finding:not([hidden])");
    });
    form.querySelector("output").textContent = shown === findings.length ? "" : shown + " of " + findings.length + " shown";
  }
  form.addEventListener("input", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.hidden = false;
  apply();
})();
