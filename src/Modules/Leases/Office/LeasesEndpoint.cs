using HaoSuan.Distributors;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Leases;

/// <summary>All leases, and what the office does with one: <c>/office/leases</c>.</summary>
internal sealed class LeasesEndpoint(LeaseList leases, Tree tree, RevealLessee reveal, Users users, Texts texts)
{
    private const string LookedUp = "lease looked up in the office";

    public static async Task<IResult> List([AsParameters] LeasesPage.Asked query, LeaseList leases, Tree tree, CancellationToken cancel)
    {
        var filter = query.ToFilter();
        return new RazorComponentResult<LeasesPage>(new
        {
            Leases = await leases.AllAsync(filter, (query.Number - 1) * LeaseTable.PerPage, LeaseTable.PerPage, cancel),
            Total = await leases.CountAsync(filter, cancel),
            Sellers = (await tree.AllAsync(cancel)).ToDictionary(d => d.Id, d => d.Name),
            Query = query,
        });
    }

    public static Task<IResult> Show(Guid id, LeasesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.PageAsync(new(id), new(), "", [], null, http, cancel);

    /// <summary>The lease of a bill, for whoever knows its payment only.</summary>
    public static async Task<IResult> OfBill(Guid id, LeaseList leases, CancellationToken cancel) =>
        await leases.OfBillAsync(new(id), cancel) is { } lease ? TypedResults.LocalRedirect($"/office/leases/{lease.Value}") : TypedResults.NotFound();

    public static Task<IResult> HandOver(
        Guid id, [FromForm] LeasePage.Input form, HandOverLease handOver, LeasesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(id, form, "hand-over", handOver.RunAsync(new(id), form.Courier, form.TrackingNo, cancel), "已发货，今天起租。", http, cancel);

    public static Task<IResult> CallOff(
        Guid id, [FromForm] LeasePage.Input form, CallOffLease callOff, LeasesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(id, form, "call-off", callOff.RunAsync(new(id), form.Reason, cancel), "已取消，设备回到在库，已付款项原路退回。", http, cancel);

    public static Task<IResult> Receive(
        Guid id, [FromForm] LeasePage.Input form, TakeBack takeBack, LeasesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(id, form, "receive", takeBack.ReceiveAsync(new(id), cancel), "已收到设备，请检验。", http, cancel);

    public static Task<IResult> Withdraw(
        Guid id, [FromForm] LeasePage.Input form, AskBuyOut ask, LeasesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(id, form, "withdraw", ask.WithdrawAsync(new(id), cancel), "已撤回买断，租约继续。", http, cancel);

    public static Task<IResult> Inspect(
        Guid id, [FromForm] LeasePage.Input form, TakeBack takeBack, LeasesEndpoint page, HttpContext http, CancellationToken cancel)
    {
        string[] damages = [.. http.Request.Form["damages"].OfType<string>()];
        return page.ActAsync(
            id, form, "inspect", takeBack.InspectAsync(new(id), damages, form.Evidence, cancel), "检验已登记，押金已结算；设备去向请在设备页登记。", http, cancel);
    }

    public static Task<IResult> Lost(
        Guid id, [FromForm] LeasePage.Input form, DeclareLost declareLost, LeasesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(id, form, "lost", declareLost.RunAsync(new(id), form.Reason, cancel), "已按买断价记赔偿并结算押金。", http, cancel);

    public static Task<IResult> Offset(
        Guid id, [FromForm] LeasePage.Input form, OffsetFromDeposit offset, LeasesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(id, form, "offset", offset.RunAsync(new(id), form.Bill ?? 0, cancel), "已用押金抵扣。", http, cancel);

    public static Task<IResult> WriteOff(
        Guid id, [FromForm] LeasePage.Input form, WriteOffLease writeOff, LeasesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(id, form, "write-off", writeOff.RunAsync(new(id), form.Reason, cancel), "已核销。", http, cancel);

    /// <summary>The bill's option tells what had been taken off it when the page was shown.</summary>
    public static Task<IResult> Correct(
        Guid id, [FromForm] LeasePage.Input form, CorrectBill correct, LeasesEndpoint page, HttpContext http, CancellationToken cancel)
    {
        var (number, seen) = LeasePage.ReadCorrectable(form.Corrected);
        var done = YuanText.TryRead(form.Amount, out var amount)
            ? correct.RunAsync(new(id), number, amount, seen, form.Reason, cancel)
            : Task.FromResult<Result<Done>>(new Refusal("leases.correction_unread").On("amount"));
        return page.ActAsync(id, form, "correct", done, "已更正，已付的部分原路退回。", http, cancel);
    }

    /// <summary>Shows the person in the answer itself: what is personal stands in no address and is asked for each time.</summary>
    public static async Task<IResult> Reveal(Guid id, LeasesEndpoint page, HttpContext http, CancellationToken cancel)
    {
        var person = await page.RevealAsync(new(id), cancel);
        return person.IsRefused ? TypedResults.NotFound() : await page.PageAsync(new(id), new(), "", [], person.Value, http, cancel);
    }

    private Task<Result<HaoSuan.Orders.Person>> RevealAsync(LeaseId id, CancellationToken cancel) => reveal.RunAsync(id, LookedUp, cancel);

    private async Task<IResult> ActAsync(
        Guid id, LeasePage.Input form, string act, Task<Result<Done>> doing, string notice, HttpContext http, CancellationToken cancel)
    {
        var done = await doing;
        if (done.IsRefused) return await PageAsync(new(id), form, act, done.Refusals, null, http, cancel);
        http.LeaveNotice(notice);
        return TypedResults.LocalRedirect($"/office/leases/{id}");
    }

    private async Task<IResult> PageAsync(
        LeaseId id, LeasePage.Input form, string act, IReadOnlyList<Refusal> refusals, HaoSuan.Orders.Person? person, HttpContext http,
        CancellationToken cancel)
    {
        if (await leases.FindAsync(id, cancel) is not { } lease) return TypedResults.NotFound();
        var shown = new
        {
            Detail = lease,
            Seller = (await tree.FindAsync(lease.Lease.Seller, cancel))?.Name ?? "",
            People = await users.NamesAsync(cancel),
            IsOperations = http.User.Role is Role.Admin or Role.Operations,
            IsFinance = http.User.Role is Role.Admin or Role.Finance,
            Person = person,
            Form = form,
            Act = act,
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        };
        return new RazorComponentResult<LeasePage>(shown) { StatusCode = refusals.Count > 0 ? 422 : 200 };
    }
}
