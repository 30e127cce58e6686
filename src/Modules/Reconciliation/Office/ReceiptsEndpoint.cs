using System.Globalization;
using HaoSuan.Catalog;
using HaoSuan.Identity;
using HaoSuan.Ledger;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Reconciliation;

/// <summary>What upstreams have paid, entered by hand and taken back: <c>/office/reconciliation/receipts</c>.</summary>
internal sealed class ReceiptsEndpoint(RecordReceipts receipts, Books books, Products products, Users users, Texts texts, TenantScope tenant, TimeProvider time)
{
    public const string Address = "/office/reconciliation/receipts";

    private const int PageSize = 50;

    public static Task<IResult> Show(ReceiptsEndpoint endpoint, int? page, CancellationToken cancel) =>
        endpoint.ShowAsync(new(), page ?? 1, [], cancel);

    public static async Task<IResult> Add(
        ReceiptsEndpoint endpoint, RecordReceipts receipts, [FromForm] ReceiptsPage.Typed form, HttpContext http, CancellationToken cancel)
    {
        NewReceipt receipt = new(
            new(Guid.TryParse(form.Upstream, out var id) ? id : Guid.Empty), YuanText.TryRead(form.Amount, out var amount) ? amount : default,
            SheetEndpoint.DayOf(form.Day) ?? default, form.BankNo ?? "", form.Note ?? "");
        if (await receipts.ByHandAsync(receipt, cancel) is { IsRefused: true } refused) return await endpoint.ShowAsync(form, 1, refused.Refusals, cancel);
        http.LeaveNotice($"已记回款 {YuanText.Of(amount)}，应收上游相应减少。");
        return Results.LocalRedirect(Address);
    }

    public static async Task<IResult> Reverse(
        Guid id, ReceiptsEndpoint endpoint, RecordReceipts receipts, HttpContext http, [FromForm] string? reason, CancellationToken cancel)
    {
        if (await receipts.ReverseAsync(new(id), reason ?? "", cancel) is { IsRefused: true } refused)
            return await endpoint.ShowAsync(new() { Reversing = id, Reason = reason }, 1, refused.Refusals, cancel);
        http.LeaveNotice("已撤销，并记了反向分录。");
        return Results.LocalRedirect(Address);
    }

    private async Task<IResult> ShowAsync(ReceiptsPage.Typed form, int page, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        var place = Math.Max(1, page);
        var upstreams = await products.UpstreamsAsync(cancel);
        var prefix = Accounts.UpstreamReceivable(default).Code[..^Guid.Empty.ToString().Length];
        var balances = (await books.BalancesAsync(prefix, cancel)).ToDictionary(b => b.Account, b => b.Balance);
        List<ReceiptsPage.Owing> owing = [];
        foreach (var upstream in upstreams)
        {
            var received = await receipts.SumAsync(upstream.Id, cancel);
            owing.Add(new(upstream.Name, received, balances.GetValueOrDefault(Accounts.UpstreamReceivable(upstream.Id))));
        }
        return new RazorComponentResult<ReceiptsPage>(new
        {
            Model = new ReceiptsPage.View(
                await receipts.ListAsync(null, (place - 1) * PageSize, PageSize, cancel), place,
                (await receipts.CountAsync(null, cancel) + PageSize - 1) / PageSize, owing, upstreams.ToDictionary(u => u.Id, u => u.Name),
                await users.NamesAsync(cancel)),
            Form = form with { Day = form.Day ?? tenant.Zone.DateOf(time.Now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
            Errors = Refused.Of(refusals, texts),
        })
        { StatusCode = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }
}
