using HaoSuan.Notifications;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Invoices;

/// <summary>All invoices, and what the office does with one: <c>/office/invoices</c>.</summary>
internal sealed class InvoicesEndpoint(
    InvoiceList invoices, Sales sales, InvoiceBook book, AskInvoice ask, RedLetters red, Mails mails, SendInvoice send, Texts texts)
{
    private const int PerPage = 50;

    public static async Task<IResult> List([AsParameters] InvoicesPage.Asked query, InvoiceList invoices, CancellationToken cancel)
    {
        var filter = query.ToFilter();
        return new RazorComponentResult<InvoicesPage>(new
        {
            Invoices = await invoices.AllAsync(filter, (query.Number - 1) * PerPage, PerPage, cancel),
            Pages = (await invoices.CountAsync(filter, cancel) + PerPage - 1) / PerPage,
            Query = query,
        });
    }

    public static Task<IResult> New(string? no, InvoicesEndpoint page, CancellationToken cancel) =>
        page.NewPageAsync(no, InvoiceForm.Empty, [], cancel);

    public static async Task<IResult> Ask(
        [FromForm] string? no, [FromForm] InvoiceForm form, InvoicesEndpoint page, HttpContext http, CancellationToken cancel)
    {
        var asked = await page.AskAsync(no, form, cancel);
        if (!asked.TryGet(out var id, out var refusals)) return await page.NewPageAsync(no, form, refusals, cancel);
        http.LeaveNotice("申请已提交，正在开具。");
        return TypedResults.LocalRedirect($"/office/invoices/{id.Value}");
    }

    public static Task<IResult> Show(Guid id, InvoicesEndpoint page, CancellationToken cancel) => page.PageAsync(new(id), new(), "", [], null, cancel);

    public static async Task<IResult> File(Guid id, string format, InvoiceList invoices, CancellationToken cancel) =>
        SendInvoice.MediaTypeOf(format) is { } type && await invoices.FileAsync(new(id), format, cancel) is { } file
            ? TypedResults.File(file, type, $"{(await invoices.FindAsync(new(id), cancel))?.Number}.{format}")
            : TypedResults.NotFound();

    public static Task<IResult> Again(
        Guid id, [FromForm] InvoicePage.Input form, MendInvoice mend, InvoicesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(id, form, "again", mend.AgainAsync(new(id), cancel), "已重新提交开具。", http, cancel);

    public static Task<IResult> Withdraw(
        Guid id, [FromForm] InvoicePage.Input form, MendInvoice mend, InvoicesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(id, form, "withdraw", mend.DeclineAsync(new(id), cancel), "已取消，可以重新申请。", http, cancel);

    public static Task<IResult> Send(Guid id, [FromForm] InvoicePage.Input form, InvoicesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(id, form, "send", page.SendAsync(new(id), form.Email, cancel), "已重新发送。", http, cancel);

    public static Task<IResult> CameBack(Guid id, [FromForm] InvoicePage.Input form, InvoicesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(id, form, "came-back", page.CameBackAsync(new(id), cancel), "已登记退信。", http, cancel);

    public static Task<IResult> Post(
        Guid id, [FromForm] InvoicePage.Input form, SendInvoice send, InvoicesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(id, form, "post", send.PostedAsync(new(id), form.Courier, form.TrackingNo, cancel), "已登记寄出，用户可以看到运单号。", http, cancel);

    public static Task<IResult> Booked(
        Guid id, [FromForm] InvoicePage.Input form, RedLetters red, InvoicesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(id, form, "booked", red.BookedAsync(new(id), cancel), "已登记购买方入账，红冲须经对方确认。", http, cancel);

    public static Task<IResult> Red(
        Guid id, [FromForm] InvoicePage.Input form, RedLetters red, InvoicesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(id, form, "red", red.WholeAsync(new(id), form.Reason, cancel), "已发起红冲。", http, cancel);

    public static Task<IResult> RedAgain(Guid id, [FromForm] InvoicePage.Input form, InvoicesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(id, form, "red-again", page.RedAgainAsync(new(id), cancel), "已按退款重新核对，需要红冲的已发起。", http, cancel);

    public static Task<IResult> Confirm(
        Guid id, [FromForm] InvoicePage.Input form, ConfirmRed confirm, InvoicesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(id, form, "confirm", confirm.RunAsync(new(id), true, cancel), "已登记购买方确认，红字发票开具中。", http, cancel);

    public static Task<IResult> Decline(
        Guid id, [FromForm] InvoicePage.Input form, ConfirmRed confirm, InvoicesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(id, form, "decline", confirm.RunAsync(new(id), false, cancel), "已登记购买方不同意。", http, cancel);

    /// <summary>Shows where it goes in the answer itself: what is personal stands in no address and is asked for each time.</summary>
    public static async Task<IResult> Address(Guid id, SendInvoice send, InvoicesEndpoint page, CancellationToken cancel) =>
        await page.PageAsync(new(id), new(), "", [], await send.AddressAsync(new(id), cancel), cancel);

    private async Task<Result<InvoiceId>> AskAsync(string? no, InvoiceForm form, CancellationToken cancel) =>
        await sales.FindByNoAsync(no, cancel) is { } sale ? await ask.RunAsync(sale.Key, form, cancel) : new Refusal("invoices.sale_unknown").On("No");

    /// <summary>An empty field means the same address.</summary>
    private Task<Result<Done>> SendAsync(InvoiceId id, string? email, CancellationToken cancel) =>
        send.AgainAsync(id, string.IsNullOrWhiteSpace(email) ? null : email, cancel);

    private async Task<Result<Done>> CameBackAsync(InvoiceId id, CancellationToken cancel) =>
        (await invoices.FindAsync(id, cancel))?.Mail is { } mail && await mails.CameBackAsync(mail.Id, "", cancel)
            ? default(Done)
            : new Refusal("invoices.not_by_mail");

    private async Task<Result<Done>> RedAgainAsync(InvoiceId id, CancellationToken cancel)
    {
        if (await invoices.FindAsync(id, cancel) is not { } invoice) return new Refusal("invoices.not_issued");
        await red.ForRefundsAsync(invoice.Sale, cancel);
        return default(Done);
    }

    private async Task<IResult> ActAsync(
        Guid id, InvoicePage.Input form, string act, Task<Result<Done>> doing, string notice, HttpContext http, CancellationToken cancel)
    {
        var done = await doing;
        if (done.IsRefused) return await PageAsync(new(id), form, act, done.Refusals, null, cancel);
        http.LeaveNotice(notice);
        return TypedResults.LocalRedirect($"/office/invoices/{id}");
    }

    private async Task<IResult> PageAsync(
        InvoiceId id, InvoicePage.Input form, string act, IReadOnlyList<Refusal> refusals, string? address, CancellationToken cancel)
    {
        if (await invoices.FindAsync(id, cancel) is not { } invoice) return TypedResults.NotFound();
        return new RazorComponentResult<InvoicePage>(new
        {
            Invoice = invoice,
            OfSale = await invoices.OfSaleAsync(invoice.Sale, cancel),
            SalePage = (await sales.FindAsync(invoice.Sale, cancel))?.OfficePage,
            Address = address,
            Form = form,
            Act = act,
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        })
        { StatusCode = refusals.Count > 0 ? 422 : 200 };
    }

    private async Task<IResult> NewPageAsync(string? no, InvoiceForm form, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        var sale = string.IsNullOrWhiteSpace(no) ? null : await sales.FindByNoAsync(no, cancel);
        return new RazorComponentResult<NewInvoicePage>(new
        {
            No = no,
            Sale = sale,
            Due = sale is null ? [] : await book.DueAsync(sale, cancel),
            Form = form,
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        })
        { StatusCode = refusals.Count > 0 ? 422 : 200 };
    }
}
