/* Keys, help, one submit a form, confirmation, the warning before the session ends. The site works without it. */
"use strict";
(function () {
  const body = document.body;
  const typing = (el) => el && (el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName));
  const make = (tag, props, ...kids) => {
    const el = Object.assign(document.createElement(tag), props || {});
    el.append(...kids);
    return el;
  };

  /* The words beside a wrong field are ours; the browser's own come in the browser's language. */
  function prepare(root) {
    root.querySelectorAll("form").forEach((form) => { form.noValidate = true; });
    root.querySelectorAll("input[type=file]").forEach(nameFileButton);
  }
  function nameFileButton(input) {
    if (input.closest(".file")) return;
    const many = input.multiple || input.webkitdirectory;
    const said = make("span", { textContent: "Chưa chọn tệp nào" });
    const button = make("button", { type: "button", textContent: input.dataset.words || "Chọn tệp…" });
    const box = make("span", { className: "file" });
    input.replaceWith(box);
    box.append(input, button, said);
    button.addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      const n = input.files.length;
      said.textContent = n === 0 ? "Chưa chọn tệp nào" : many && n > 1 ? `${n} tệp` : input.files[0].name;
    });
  }

  /* Asking before what cannot be taken back: data-confirm on a form or a button. */
  function ask(words, then) {
    const no = make("button", { type: "button", textContent: "Không" });
    const yes = make("button", { type: "button", className: "primary", textContent: "Có, thực hiện" });
    const box = make("dialog", {}, make("p", { textContent: words }), make("div", { className: "buttons" }, yes, no));
    body.append(box);
    box.addEventListener("close", () => box.remove());
    no.addEventListener("click", () => box.close());
    yes.addEventListener("click", () => { box.close(); then(); });
    box.showModal();
    no.focus();
  }

  /* A form is sent once: the second click does nothing until an answer came. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    const button = event.submitter;
    const words = (button && button.dataset.confirm) || form.dataset.confirm;
    if (words && form.dataset.confirmed !== "1") {
      event.preventDefault();
      ask(words, () => {
        form.dataset.confirmed = "1";
        form.requestSubmit(button || undefined);
      });
      return;
    }
    delete form.dataset.confirmed;
    if (form.dataset.sent === "1") { event.preventDefault(); return; }
    if (form.hasAttribute("data-again") || form.target === "_blank") return;
    form.dataset.sent = "1";
    setTimeout(() => form.querySelectorAll("[type=submit]").forEach((b) => { b.disabled = true; }), 0);
    /* An answer that is a file leaves the page where it is. */
    setTimeout(() => release(form), 8000);
  });
  function release(form) {
    delete form.dataset.sent;
    form.querySelectorAll("[type=submit]").forEach((b) => { b.disabled = false; });
  }
  window.addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form").forEach(release); });
  document.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question, () => event.detail.issueRequest(true));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("form");
    if (form) release(form);
  });
  document.addEventListener("htmx:load", (event) => prepare(event.detail.elt.parentElement || event.detail.elt));
  /* A refused form (422) is shown like any other answer. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });

  /* Keys. An element with data-key="x" is clicked by that letter; data-key-words says what it does. */
  const KEYS = [
    ["?", "Danh sách phím tắt"], ["F1", "Hướng dẫn của màn hình này"], ["/", "Đến ô tìm kiếm"],
    ["Ctrl + Enter", "Ghi biểu mẫu"], ["Esc", "Đóng hộp đang mở"],
  ];
  const GRID = [
    ["Enter", "Sang ô tiếp theo"], ["Shift + Enter", "Về ô trước"], ["F2", "Chép ô của dòng trên"],
  ];
  function listKeys() {
    const rows = document.querySelector("form[data-enter=next]") ? KEYS.concat(GRID) : KEYS.slice();
    document.querySelectorAll("[data-key]").forEach((el) => {
      rows.push([el.dataset.key.toUpperCase(), el.dataset.keyWords || el.textContent.trim()]);
    });
    const named = new Set();
    document.querySelectorAll("[data-alt]").forEach((el) => {
      if (named.has(el.dataset.alt)) return;
      named.add(el.dataset.alt);
      rows.push([`Alt + ${el.dataset.alt.toUpperCase()}`, el.dataset.keyWords || el.textContent.trim()]);
    });
    const table = make("tbody");
    for (const [key, words] of rows) {
      table.append(make("tr", {}, make("th", {}, make("kbd", { textContent: key })), make("td", { textContent: words })));
    }
    const close = make("button", { type: "button", textContent: "Đóng" });
    const box = make("dialog", {}, make("h2", { textContent: "Phím tắt" }), make("table", {}, table), close);
    body.append(box);
    box.addEventListener("close", () => box.remove());
    close.addEventListener("click", () => box.close());
    box.showModal();
  }
  function step(form, from, by) {
    const fields = [...form.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((f) => !f.disabled && f.offsetParent);
    const next = fields[fields.indexOf(from) + by];
    if (next) { next.focus(); if (next.select) next.select(); } else if (by > 0) {
      const button = form.querySelector("button.primary");
      if (button) button.focus();
    }
  }
  function copyAbove(field) {
    let value = field.dataset.above;
    const row = field.closest("tr");
    if (value === undefined && row && row.previousElementSibling && field.dataset.column) {
      const above = row.previousElementSibling.querySelector(`[data-column="${CSS.escape(field.dataset.column)}"]`);
      value = above && (above.value !== undefined ? above.value : above.textContent.trim());
    }
    if (value !== undefined && value !== null) {
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  document.addEventListener("keydown", (event) => {
    const at = document.activeElement;
    const form = at && at.form;
    if (event.key === "F1") {
      const help = document.getElementById("tro-giup");
      if (help) { event.preventDefault(); window.open(help.href, "tro-giup"); }
    } else if (event.altKey && !event.ctrlKey && at && at.closest("fieldset") && event.key.length === 1) {
      /* Inside one block of a long form: Alt and a letter press that block's own button. */
      const own = at.closest("fieldset").querySelector(`[data-alt="${CSS.escape(event.key.toLowerCase())}"]`);
      if (own) { event.preventDefault(); own.click(); }
    } else if (event.key === "Enter" && event.ctrlKey && form) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button.primary, [type=submit]") || undefined);
    } else if (event.key === "Enter" && form && form.dataset.enter === "next" && typing(at) && at.tagName !== "TEXTAREA" && !event.isComposing) {
      event.preventDefault();
      step(form, at, event.shiftKey ? -1 : 1);
    } else if (event.key === "F2" && typing(at)) {
      event.preventDefault();
      copyAbove(at);
    } else if (event.key === "Escape") {
      document.querySelectorAll("details[name=menu][open]").forEach((d) => { d.open = false; });
    } else if (!typing(at) && !event.ctrlKey && !event.altKey && !event.metaKey && !document.querySelector("dialog[open]")) {
      if (event.key === "?") { event.preventDefault(); listKeys(); return; }
      const search = event.key === "/" && (document.querySelector("main [role=search] input:not([type=hidden]), main [type=search]") || document.querySelector("[type=search]"));
      if (search) { event.preventDefault(); search.focus(); return; }
      const wanted = event.key.length === 1 && document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
      if (wanted) { event.preventDefault(); wanted.click(); }
    }
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details[name=menu][open]").forEach((d) => { if (!d.contains(event.target)) d.open = false; });
    const act = event.target.closest("[data-do]");
    if (act && act.dataset.do === "keys") { event.preventDefault(); listKeys(); }
    if (act && act.dataset.do === "print") { event.preventDefault(); window.print(); }
    const login = event.target.closest("[data-login]");
    if (login) {
      const form = document.querySelector("form.act");
      form.elements.username.value = login.dataset.login;
      form.elements.password.value = login.dataset.secret;
      form.requestSubmit();
    }
  });

  /* The session ends after some idle minutes (data-idle, seconds): say so two minutes before, typed words stay. */
  const idle = Number(body.dataset.idle || 0);
  if (idle) {
    let last = Date.now();
    let bar = null;
    document.addEventListener("htmx:afterRequest", () => { last = Date.now(); });
    const words = make("span");
    setInterval(() => {
      const left = Math.round(idle - (Date.now() - last) / 1000);
      if (left > 120) { if (bar) { bar.remove(); bar = null; } return; }
      words.textContent = left > 0
        ? `Không có thao tác nào đã lâu: phiên làm việc sẽ kết thúc sau ${left} giây. Điều đang nhập chưa được ghi.`
        : "Phiên làm việc đã kết thúc. Hãy chép lại điều đang nhập trước khi đăng nhập lại.";
      if (bar) return;
      const stay = make("button", { type: "button", className: "primary", textContent: "Làm việc tiếp" });
      stay.addEventListener("click", () => {
        fetch("/con-lam-viec/", { redirect: "manual", credentials: "same-origin" }).then((answer) => {
          if (answer.status === 204) { last = Date.now(); bar.remove(); bar = null; } else { window.location.reload(); }
        });
      });
      bar = make("div", { className: "timeout" }, words, stay);
      bar.setAttribute("role", "alert");
      body.append(bar);
    }, 1000);
  }
  prepare(document);
})();
