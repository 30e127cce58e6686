using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace HaoSuan.Sandbox.Pages;

/// <summary>The pages a person sees: small, in Chinese, good on a phone, without a script.</summary>
internal static class Page
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Encode(string text) => Encoder.Encode(text);

    public static IResult Html(string title, string body, string accent = "#2d6cdf", int status = 200) => Results.Content($$"""
        <!doctype html>
        <html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
        <link rel="icon" href="data:,">
        <title>{{Encode(title)}}</title><style>
        :root{--accent:{{accent}};--ink:#1b2430;--soft:#6b7685;--line:#e6e9ee;--ground:#f4f6f8}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);
          font:16px/1.6 "PingFang SC","Noto Sans SC","Microsoft YaHei",system-ui,sans-serif}
        main{max-width:26rem;margin:0 auto;padding:1.5rem 1rem 3rem}
        main.wide{max-width:72rem}
        .card{background:#fff;border-radius:14px;padding:1.5rem;box-shadow:0 1px 3px rgba(20,30,50,.08);margin-bottom:1rem}
        .brand{color:var(--accent);font-weight:600;margin:.25rem 0 1rem}
        .amount{font-size:2.6rem;font-weight:600;text-align:center;font-variant-numeric:tabular-nums;margin:.5rem 0}
        .amount small{font-size:1.4rem;margin-right:.15em}
        .center{text-align:center}.soft{color:var(--soft);font-size:.9rem}
        dl{display:grid;grid-template-columns:auto 1fr;gap:.4rem 1rem;margin:1rem 0 0;font-size:.95rem}
        dt{color:var(--soft)}dd{margin:0;text-align:right;overflow-wrap:anywhere}
        button,.button{display:block;width:100%;border:0;border-radius:10px;background:var(--accent);
          color:#fff;font:inherit;font-weight:600;padding:.85rem;text-align:center;text-decoration:none;cursor:pointer;margin-top:1rem}
        button.plain,.button.plain{background:#fff;color:var(--accent);box-shadow:inset 0 0 0 1px var(--line)}
        .row{display:flex;flex-wrap:wrap;gap:.4rem}.row button{width:auto;margin:0;padding:.3rem .7rem;font-size:.88rem;font-weight:500}
        table{width:100%;border-collapse:collapse;font-size:.9rem}
        th,td{text-align:left;padding:.5rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
        th{color:var(--soft);font-weight:500;white-space:nowrap}td{word-break:keep-all}td.n{text-align:right;font-variant-numeric:tabular-nums}
        .scroll{overflow-x:auto}input,select{font:inherit;padding:.3rem .5rem;border:1px solid var(--line);border-radius:8px}
        h1{font-size:1.3rem;margin:.2rem 0 1rem}h2{font-size:1.05rem;margin:0 0 .8rem}
        </style></head><body>{{body}}</body></html>
        """, "text/html; charset=utf-8", statusCode: status);

    public static IResult ToPay(string brand, string accent, PayView view) => Html($"{brand}收银台", $"""
        <main><p class="brand">{Encode(brand)} · 沙箱收银台</p>
        <div class="card"><p class="center soft">{Encode(view.Merchant)}</p>
        <p class="amount"><small>¥</small>{Encode(view.Amount)}</p>
        <dl><dt>商品</dt><dd>{Encode(view.Description)}</dd><dt>商户单号</dt><dd>{Encode(view.Number)}</dd></dl>
        <form method="post" action="{Encode(view.Action)}"><button>立即支付</button></form></div>
        <p class="center soft">这是本机沙箱，不会扣真实的钱。</p></main>
        """, accent);

    public static IResult Ended(string brand, string accent, PayView view, string message) => Html(message, $"""
        <main><p class="brand">{Encode(brand)} · 沙箱收银台</p>
        <div class="card"><p class="center">{Encode(message)}</p><p class="amount"><small>¥</small>{Encode(view.Amount)}</p>
        <dl><dt>商品</dt><dd>{Encode(view.Description)}</dd><dt>商户单号</dt><dd>{Encode(view.Number)}</dd></dl>
        {(view.ReturnUrl is { } url ? $"<a class=\"button plain\" href=\"{Encode(url)}\">返回商家</a>" : "")}</div></main>
        """, accent);

    public static IResult Missing(string what) =>
        Html("没有找到", $"<main><div class=\"card center\">{Encode(what)}</div></main>", status: 404);

    /// <summary>Only addresses of web pages may be linked to.</summary>
    public static string? WebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address.AbsoluteUri : null;
}

internal sealed record PayView(string Merchant, string Amount, string Description, string Number, string Action, string? ReturnUrl);
