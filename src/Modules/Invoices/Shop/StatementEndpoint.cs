using HaoSuan.Orders;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Invoices;

/// <summary>
/// A consumer's statement and invoices, after phone and code: <c>/s/{invite}/statement</c>. Whoever has not shown them is sent to where he does, and of
/// what is not his he learns nothing.
/// </summary>
internal sealed class StatementEndpoint(
    ReadStatement statement, AskInvoice ask, SendInvoice send, ConfirmRed confirm, InvoiceList invoices, InvoiceRates rates, TrackCookie cookie,
    EnterShop shop, TenantScope tenant, Texts texts)
{
    public static Task<IResult> Show(string invite, StatementEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ForAsync(invite, http, async read => new RazorComponentResult<StatementPage>(new
        {
            Shop = await page.ShopAsync(cancel),
            Home = $"/s/{invite}",
            Sales = read,
            CanAsk = await page.CanAskAsync(cancel),
        }), cancel);

    public static Task<IResult> Paper(string invite, string format, StatementEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ForAsync(
            invite, http, async read => PaperFile.Of(format, ReadStatement.ToPaper(read, await page.ShopAsync(cancel)), page.Zone, "statement"), cancel);

    public static Task<IResult> ShowAsk(string invite, string source, Guid id, StatementEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ForSaleAsync(invite, new(source, id), http, sale => page.AskPageAsync(invite, sale, InvoiceForm.Empty, [], cancel), cancel);

    public static Task<IResult> Ask(
        string invite, string source, Guid id, [FromForm] InvoiceForm form, StatementEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ForSaleAsync(invite, new(source, id), http, async sale =>
        {
            var asked = await page.AskAsync(sale.Sale.Key, form, cancel);
            if (asked.IsRefused) return await page.AskPageAsync(invite, sale, form, asked.Refusals, cancel);
            http.LeaveNotice(form.Delivery == "post" ? "申请已提交，开具后寄出，运单号会显示在这里。" : "申请已提交，开具后发到您的邮箱。");
            return TypedResults.LocalRedirect($"/s/{invite}/statement");
        }, cancel);

    public static Task<IResult> ShowInvoice(string invite, Guid id, StatementEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ForInvoiceAsync(invite, new(id), http, invoice => page.InvoicePageAsync(invite, invoice, null, [], cancel), cancel);

    public static Task<IResult> File(string invite, Guid id, string format, StatementEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ForInvoiceAsync(invite, new(id), http, invoice => page.FileAsync(invoice, format, cancel), cancel);

    public static Task<IResult> Send(
        string invite, Guid id, [FromForm] string? email, StatementEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(invite, new(id), email, () => page.SendAsync(new(id), email, cancel), "已重新发送，请查收。", http, cancel);

    public static Task<IResult> Confirm(string invite, Guid id, StatementEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(invite, new(id), null, () => page.ConfirmAsync(new(id), true, cancel), "已确认，红字发票开具中。", http, cancel);

    public static Task<IResult> Decline(string invite, Guid id, StatementEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(invite, new(id), null, () => page.ConfirmAsync(new(id), false, cancel), "已拒绝，商家会与您联系。", http, cancel);

    private Zone Zone => tenant.Zone;

    private Task<string> ShopAsync(CancellationToken cancel) => shop.NameAsync(cancel);

    private async Task<bool> CanAskAsync(CancellationToken cancel) => await rates.SellerAsync(cancel) is not null;

    private Task<Result<InvoiceId>> AskAsync(SaleKey sale, InvoiceForm form, CancellationToken cancel) => ask.RunAsync(sale, form, cancel);

    private Task<Result<Done>> SendAsync(InvoiceId id, string? email, CancellationToken cancel) => send.AgainAsync(id, email ?? "", cancel);

    private Task<Result<Done>> ConfirmAsync(InvoiceId id, bool agrees, CancellationToken cancel) => confirm.RunAsync(id, agrees, cancel);

    private async Task<IResult> FileAsync(InvoiceView invoice, string format, CancellationToken cancel) =>
        SendInvoice.MediaTypeOf(format) is { } type && await invoices.FileAsync(invoice.Id, format, cancel) is { } file
            ? TypedResults.File(file, type, $"{invoice.Number}.{format}")
            : TypedResults.NotFound();

    private async Task<IResult> ForAsync(string invite, HttpContext http, Func<IReadOnlyList<StatementSale>, Task<IResult>> show, CancellationToken cancel)
    {
        if (await shop.RunAsync(invite, cancel) is null) return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return cookie.Read(http) is { } tracker
            ? await show(await statement.OfAsync(tracker.PhoneHash, cancel))
            : TypedResults.LocalRedirect($"/s/{invite}/track");
    }

    private Task<IResult> ForSaleAsync(string invite, SaleKey key, HttpContext http, Func<StatementSale, Task<IResult>> show, CancellationToken cancel) =>
        ForAsync(invite, http, async read => read.FirstOrDefault(r => r.Sale.Key == key) is { } sale ? await show(sale) : TypedResults.NotFound(), cancel);

    private Task<IResult> ForInvoiceAsync(string invite, InvoiceId id, HttpContext http, Func<InvoiceView, Task<IResult>> show, CancellationToken cancel) =>
        ForAsync(invite, http, async read =>
            read.SelectMany(r => r.Invoices).FirstOrDefault(i => i.Id == id) is { } invoice ? await show(invoice) : TypedResults.NotFound(), cancel);

    private Task<IResult> ActAsync(
        string invite, InvoiceId id, string? email, Func<Task<Result<Done>>> act, string notice, HttpContext http, CancellationToken cancel) =>
        ForInvoiceAsync(invite, id, http, async invoice =>
        {
            var done = await act();
            if (done.IsRefused) return await InvoicePageAsync(invite, invoice, email, done.Refusals, cancel);
            http.LeaveNotice(notice);
            return TypedResults.LocalRedirect($"/s/{invite}/statement/invoices/{id.Value}");
        }, cancel);

    private async Task<IResult> AskPageAsync(
        string invite, StatementSale sale, InvoiceForm form, IReadOnlyList<Refusal> refusals, CancellationToken cancel) =>
        new RazorComponentResult<AskInvoicePage>(new
        {
            Shop = await shop.NameAsync(cancel),
            Home = $"/s/{invite}",
            Sale = sale,
            Form = form,
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        })
        { StatusCode = refusals.Count > 0 ? 422 : 200 };

    private async Task<IResult> InvoicePageAsync(
        string invite, InvoiceView invoice, string? email, IReadOnlyList<Refusal> refusals, CancellationToken cancel) =>
        new RazorComponentResult<ShopInvoicePage>(new
        {
            Shop = await shop.NameAsync(cancel),
            Home = $"/s/{invite}",
            Invoice = invoice,
            Email = email,
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        })
        { StatusCode = refusals.Count > 0 ? 422 : 200 };
}
