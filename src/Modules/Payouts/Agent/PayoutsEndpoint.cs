using System.Security.Claims;
using System.Security.Cryptography;
using HaoSuan.Identity;
using HaoSuan.Ledger;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Payouts;

/// <summary>The distributor's payouts: <c>/agent/payouts</c>.</summary>
internal sealed class PayoutsEndpoint(
    Journal journal, PayoutRecords payouts, PreviewPayout preview, TransferChannels transfers, TaxRecords taxes, Texts texts, WeChatPayers? wechat = null)
{
    private const int LongestKey = 60;

    public static async Task<IResult> Show(ClaimsPrincipal user, PayoutsEndpoint page, CancellationToken cancel) =>
        Page(await page.ModelAsync(user.DistributorId, cancel), StatusCodes.Status200OK);

    /// <summary>What would arrive of the amount that stands in the field.</summary>
    public static async Task<IResult> Preview(ClaimsPrincipal user, PayoutsEndpoint page, [FromForm] string? amount, CancellationToken cancel)
    {
        var told = YuanText.TryRead(amount, out var money) && money > Money.Zero ? await page.ToldAsync(user.DistributorId, money, cancel) : null;
        return new RazorComponentResult<PreviewView>(new { Told = told });
    }

    public static async Task<IResult> Ask(
        ClaimsPrincipal user, PayoutsEndpoint page, RequestPayout request, HttpContext http,
        [FromForm] string? amount, [FromForm(Name = "request_key")] string? requestKey, CancellationToken cancel)
    {
        var result = !YuanText.TryRead(amount, out var money)
            ? new Refusal("payouts.not_an_amount").On("amount")
            : await request.RunAsync(user.DistributorId, money, requestKey is { Length: > 0 and <= LongestKey } ? requestKey : NewKey(), cancel);
        if (result.IsRefused)
        {
            var model = await page.ModelAsync(user.DistributorId, cancel);
            return Page(model with { Errors = FormErrors.Of(result.Refusals, r => page.Text(r)), Amount = amount }, StatusCodes.Status422UnprocessableEntity);
        }
        http.LeaveNotice("已提交提现申请，财务审核后付款。");
        return Results.LocalRedirect("/agent/payouts");
    }

    public static async Task<IResult> SetAccount(
        ClaimsPrincipal user, PayoutsEndpoint page, SetPayoutAccount set, HttpContext http,
        [FromForm] PayoutMethod? method, [FromForm] string? holder, [FromForm] string? account, CancellationToken cancel)
    {
        var result = await set.RunAsync(user.DistributorId, method ?? PayoutMethod.Bank, holder ?? "", account ?? "", cancel);
        if (result.IsRefused)
        {
            var model = await page.ModelAsync(user.DistributorId, cancel) with { Method = method?.ToString(), Holder = holder };
            return Page(model with { AccountErrors = FormErrors.Of(result.Refusals, r => page.Text(r)) }, StatusCodes.Status422UnprocessableEntity);
        }
        http.LeaveNotice("收款账户已保存，之后的提现会付到这个账户。");
        return Results.LocalRedirect("/agent/payouts");
    }

    private string Text(Refusal refusal) => texts.Of(refusal);

    private async Task<PreviewView.Said?> ToldAsync(DistributorId distributor, Money amount, CancellationToken cancel) =>
        await preview.RunAsync(distributor, amount, cancel) is { } told ? new(told, [.. told.Against.Select(Text)]) : null;

    private async Task<PayoutsPage.View> ModelAsync(DistributorId distributor, CancellationToken cancel)
    {
        var rules = await preview.RulesAsync(distributor, cancel);
        return new(
            await journal.OwedAsync(Accounts.Available(distributor), cancel),
            await journal.OwedAsync(Accounts.Paying(distributor), cancel),
            rules?.Policy ?? PayoutPolicy.Default,
            rules is var (policy, facts) ? policy.MostNow(facts) : Money.Zero,
            await payouts.AccountOfAsync(distributor, cancel),
            await payouts.OfAsync(distributor, cancel: cancel),
            NewKey())
        {
            Methods = [.. Enum.GetValues<PayoutMethod>().Where(m => m == PayoutMethod.Bank || transfers.Find(PayoutWords.ChannelOf(m)) is not null)],
            HasWallet = await payouts.HasWalletAsync(distributor, cancel),
            CanBind = wechat is not null,
            Years = await taxes.YearsAsync(distributor, cancel),
        };
    }

    private static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static RazorComponentResult<PayoutsPage> Page(PayoutsPage.View model, int status) => new(new { Model = model }) { StatusCode = status };
}
