/* The typing grid: copy the line above, spread out a short day, guess the kind from the symbol. The page works without it. */
"use strict";
(function () {
  const form = document.querySelector("form.grid-form");
  if (!form) return;
  const KINDS = {
    CV: "Công văn", BC: "Báo cáo", BB: "Biên bản", CT: "Chỉ thị", CTr: "Chương trình", "CĐ": "Công điện", "ĐA": "Đề án",
    HD: "Hướng dẫn", KH: "Kế hoạch", KL: "Kết luận", NQ: "Nghị quyết", PA: "Phương án", QC: "Quy chế", "QyĐ": "Quy định",
    "QĐ": "Quyết định", TB: "Thông báo", TT: "Thông tri", TTr: "Tờ trình",
  };
  const two = (n) => String(n).padStart(2, "0");
  function spread(text, given) {
    const found = /^(\d{2})(\d{2})(\d{4})?$/.exec(text) || /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?$/.exec(text);
    if (!found) return text;
    const day = Number(found[1]), month = Number(found[2]), year = Number(found[3] || given || new Date().getFullYear());
    const real = new Date(year, month - 1, day);
    return real.getMonth() === month - 1 && real.getDate() === day ? `${two(day)}/${two(month)}/${year}` : text;
  }
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (/^(arrived|day|document_day)$/.test(field.name)) field.value = spread(field.value.trim(), field.dataset.year);
    if (field.name === "number" && form.elements.symbol) {
      const found = /^\s*(\d{1,6})\s*[/-]\s*(\S.*)$/.exec(field.value);
      if (found) { field.value = found[1]; form.elements.symbol.value = found[2].trim(); guess(found[2]); }
    }
    if (field.name === "reference" || field.name === "symbol") guess(field.value);
  });
  function guess(symbol) {
    const kind = symbol.split(/[/\s.-]+/).map((part) => KINDS[part]).find(Boolean);
    if (kind && form.elements.doc_type) form.elements.doc_type.value = kind;
  }
  form.addEventListener("click", (event) => {
    if (!event.target.closest("[data-grid=copy]")) return;
    for (const field of form.elements) {
      if (field.dataset && field.dataset.above !== undefined && field.name !== "reference") field.value = field.dataset.above;
    }
    form.elements.reference.focus();
  });
  const wrong = form.querySelector(".errorlist");
  const first = wrong ? wrong.closest("td, .field")?.querySelector("input, select") : form.querySelector("tr.entry input");
  if (first) { first.focus(); if (first.select) first.select(); }
  form.querySelector("tr.entry")?.scrollIntoView({ block: "nearest" });
})();
