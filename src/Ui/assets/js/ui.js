// What pages need beyond HTML. Everything hangs on the document, so that it also works for what htmx swaps in.

const onEach = (selector, action) => document.querySelectorAll(selector).forEach(action);

// A button that asks first.
document.addEventListener("click", event => {
  const button = event.target.closest("[data-confirm]");
  if (!button || button.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(button.dataset.confirm, button.dataset.confirmLabel, button.classList.contains("btn-danger"), () => {
    button.dataset.confirmed = "yes";
    button.click();
    delete button.dataset.confirmed;
  });
}, true);

function ask(question, label, danger, proceed) {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  const text = document.createElement("p");
  text.textContent = question;
  const buttons = document.createElement("form");
  buttons.method = "dialog";
  buttons.className = "buttons";
  buttons.append(choice("取消", "no", "btn"), choice(label, "yes", danger ? "btn btn-danger" : "btn btn-primary"));
  dialog.append(text, buttons);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue === "yes") proceed();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function choice(text, value, className) {
  const button = document.createElement("button");
  Object.assign(button, { type: "submit", value, className, textContent: text });
  return button;
}

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", event => {
  const form = event.target;
  if (form.method === "dialog" || form.method === "get") return;
  if (form.getAttribute("aria-busy")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.setAttribute("aria-busy", "true");
}, true);

const ready = () => onEach("form[aria-busy]", form => form.removeAttribute("aria-busy"));
addEventListener("pageshow", ready);
document.addEventListener("htmx:finally:request", ready);

// Filters: lists choose at once.
document.addEventListener("change", event => {
  if (event.target.matches("[data-autosubmit] select, [data-autosubmit] [type=radio], [data-autosubmit] [type=month], [data-autosubmit] [type=checkbox]"))
    event.target.form.requestSubmit();
});

// Files: the chosen one's name, and dropping.
document.addEventListener("change", event => {
  const drop = event.target.closest("[data-file-drop]");
  if (drop) drop.querySelector("[data-file-name]").textContent = [...event.target.files].map(file => file.name).join("、");
});
for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(type, event => {
    const drop = event.target.closest?.("[data-file-drop]");
    drop?.classList.toggle("file-drop-over", type === "dragenter" || type === "dragover");
  });
}

// Copying: <button data-copy="text">.
document.addEventListener("click", async event => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const text = button.textContent;
  button.textContent = "已复制";
  setTimeout(() => { button.textContent = text; }, 2000);
});

document.addEventListener("click", event => {
  if (event.target.closest("[data-print]")) print();
  onEach(".top-menu[open], .tab-more[open]", menu => { if (!menu.contains(event.target)) menu.open = false; });
});

// No answer came: whether the server got the form is unknown. It stays as it is, and says so.
document.addEventListener("htmx:error", () => {
  const notice = document.createElement("div");
  notice.className = "notice tone-bad toast-notice";
  notice.setAttribute("role", "alert");
  notice.textContent = "网络中断，可能没有提交成功。请刷新页面确认后再试。";
  document.body.append(notice);
  setTimeout(() => notice.remove(), 6000);
});

// Inside WeChat: what the merchant has signed goes to WeChat's own script, which asks the consumer to pay.
onEach("[data-hand-over]", page => {
  const dataset = page.dataset;
  const pay = () => WeixinJSBridge.invoke("getBrandWCPayRequest", JSON.parse(dataset.handOver), answer =>
    location.replace(answer.err_msg === "get_brand_wcpay_request:ok" ? dataset.paid : dataset.status));
  if (window.WeixinJSBridge) pay();
  else document.addEventListener("WeixinJSBridgeReady", pay, { once: true });
});

// Inside WeChat: a payee confirms what was sent to his wallet.
document.addEventListener("click", event => {
  const button = event.target.closest("[data-receive]");
  if (!button) return;
  if (window.WeixinJSBridge) WeixinJSBridge.invoke("requestMerchantTransfer", JSON.parse(button.dataset.receive), () => location.reload());
  else button.textContent = "请在微信中打开本页";
});

function enter() {
  document.querySelector("[data-focus]")?.focus();
  // On a phone the tabs are wider than the page: the one that is shown comes into sight.
  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  onEach("[data-chart]:not([data-drawn])", async element => {
    element.dataset.drawn = "yes";
    (await import(element.dataset.module)).draw(element);
  });
}

document.addEventListener("htmx:after:settle", enter);
enter();
