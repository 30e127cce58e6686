using HaoSuan.Orders;
using HaoSuan.Payments;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Leases;

/// <summary>A lease as its consumer sees it, found by its token: bills to pay, the way back, buying out.</summary>
internal sealed class ShopLeaseEndpoint(
    LeaseList leases, BillsToPay bills, PayInShop pay, EnterShop shop, Texts texts)
{
    private const string SecondsToLookAgain = "4";

    public static async Task<IResult> Show(
        string invite, string token, string? returned, ShopLeaseEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (await page.FindAsync(token, cancel) is not { } lease) return TypedResults.NotFound();
        // The consumer is back before the channel's notice: the page looks again by itself, also without scripts.
        var waiting = returned is not null && await page.IsBeingPaidAsync(lease.Lease.Id, cancel);
        if (waiting) http.Response.Headers["Refresh"] = SecondsToLookAgain;
        return await page.PageAsync(invite, lease, waiting, [], http, cancel);
    }

    public static async Task<IResult> Pay(
        string invite, string token, int? bill, string? channel, ShopLeaseEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (await page.FindAsync(token, cancel) is not { } lease) return TypedResults.NotFound();
        var status = AddressOf(invite, token);
        if (await page.ToPayAsync(lease.Lease.Id, bill ?? 0, cancel) is not { } open) return TypedResults.LocalRedirect(status);
        var payable = PayableOf(open, status);
        if (page.Paying.Recognise(payable, channel ?? "", http) is { } weChat) return TypedResults.Redirect(weChat.AbsoluteUri);
        var started = await page.Paying.StartAsync(payable, channel ?? "", http, cancel);
        return await page.StartedAsync(invite, lease, payable, channel ?? "", started, http, cancel);
    }

    /// <summary>The browser is back from WeChat, with a code that tells who will pay.</summary>
    public static async Task<IResult> PayInWeChat(
        string invite, string token, int? bill, string? code, string? state, ShopLeaseEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (await page.FindAsync(token, cancel) is not { } lease) return TypedResults.NotFound();
        var status = AddressOf(invite, token);
        if (await page.ToPayAsync(lease.Lease.Id, bill ?? 0, cancel) is not { } open) return TypedResults.LocalRedirect(status);
        var payable = PayableOf(open, status);
        var started = await page.Paying.StartRecognisedAsync(payable, code ?? "", state ?? "", http, cancel);
        return await page.StartedAsync(invite, lease, payable, "wechat", started, http, cancel);
    }

    public static Task<IResult> Return(
        string invite, string token, AnnounceReturn announce, ShopLeaseEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(invite, token, id => announce.RunAsync(id, cancel), http, cancel);

    public static Task<IResult> Keep(
        string invite, string token, AnnounceReturn announce, ShopLeaseEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(invite, token, id => announce.WithdrawAsync(id, cancel), http, cancel);

    public static Task<IResult> BuyOut(
        string invite, string token, AskBuyOut ask, ShopLeaseEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(invite, token, id => ask.RunAsync(id, cancel), http, cancel);

    public static Task<IResult> Withdraw(
        string invite, string token, AskBuyOut ask, ShopLeaseEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(invite, token, id => ask.WithdrawAsync(id, cancel), http, cancel);

    public static Task<IResult> CallOff(
        string invite, string token, CallOffLease callOff, ShopLeaseEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.ActAsync(invite, token, id => callOff.RunAsync(id, "用户取消租约", cancel), http, cancel);

    public static string AddressOf(string invite, string token) => $"/s/{invite}/devices/leases/{token}";

    private static Payable PayableOf(BillToPay bill, string status) => new(PaymentFor.Lease, bill.Id, bill.No, bill.Amount, "设备租赁", status)
    {
        Recognised = $"{status}/pay/wechat?bill={bill.Number}",
    };

    private PayInShop Paying => pay;

    private async Task<IResult> StartedAsync(
        string invite, LeaseDetail lease, Payable payable, string channel, Result<PaymentStarted> started, HttpContext http, CancellationToken cancel) =>
        started.TryGet(out var paying, out var refusals)
            ? await pay.ShowAsync(paying, payable, channel, cancel)
            : await PageAsync(invite, lease, false, refusals, http, cancel);

    private Task<bool> IsBeingPaidAsync(LeaseId id, CancellationToken cancel) => bills.AreBeingPaidAsync(id, cancel);

    private Task<LeaseDetail?> FindAsync(string token, CancellationToken cancel) => leases.FindByTokenAsync(token, cancel);

    private Task<BillToPay?> ToPayAsync(LeaseId id, int number, CancellationToken cancel) => bills.FindAsync(id, number, cancel);

    private async Task<IResult> ActAsync(
        string invite, string token, Func<LeaseId, Task<Result<Done>>> act, HttpContext http, CancellationToken cancel)
    {
        if (await FindAsync(token, cancel) is not { } lease) return TypedResults.NotFound();
        var done = await act(lease.Lease.Id);
        if (!done.IsRefused) return TypedResults.LocalRedirect(AddressOf(invite, token));
        // As it stands now: the bill of a month may have come.
        return await PageAsync(invite, (await FindAsync(token, cancel))!, false, done.Refusals, http, cancel);
    }

    private async Task<IResult> PageAsync(
        string invite, LeaseDetail lease, bool waiting, IReadOnlyList<Refusal> refusals, HttpContext http, CancellationToken cancel)
    {
        var open = await bills.AllAsync(lease.Lease.Id, cancel);
        var shown = new
        {
            Shop = await shop.NameAsync(cancel),
            Here = AddressOf(invite, lease.Token),
            Home = $"/s/{invite}",
            Detail = lease,
            Payable = lease.Bills.Join(open, b => b.Number, o => o.Number, (b, o) => (b, o.Amount)).ToList(),
            Waiting = waiting,
            http.Face,
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        };
        return new RazorComponentResult<ShopLeasePage>(shown) { StatusCode = refusals.Count > 0 ? 422 : 200 };
    }
}
