using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Payments;

/// <summary>Vouchers, searched, and one with the message that told of it: <c>/office/vouchers</c>.</summary>
internal static class VouchersEndpoint
{
    private const int PerPage = 50;

    public static async Task<IResult> List(
        [AsParameters] VoucherSearch typed, int? page, ReadVouchers vouchers, PaymentChannels channels, TenantScope tenant, CancellationToken cancel)
    {
        var number = Math.Max(1, page ?? 1);
        var filter = new VoucherFilter(
            typed.Q, string.IsNullOrEmpty(typed.Channel) ? null : typed.Channel, typed.Kind,
            StartOf(typed.From, tenant, 0), StartOf(typed.Until, tenant, 1), Yuan(typed.Least), Yuan(typed.Most));
        var found = await vouchers.FindAsync(filter, (number - 1) * PerPage, PerPage + 1, cancel);
        return new RazorComponentResult<VouchersPage>(new
        {
            Model = new VouchersPage.View([.. found.Take(PerPage)], [.. channels.Names], typed, number, found.Count > PerPage ? number + 1 : number),
        });
    }

    public static async Task<IResult> Detail(long number, ReadVouchers vouchers, CancellationToken cancel) =>
        await vouchers.OfAsync(number, cancel) is { } found
            ? new RazorComponentResult<VoucherPage>(new { Model = found, Message = (string?)null })
            : Results.NotFound();

    public static async Task<IResult> Message(long number, ReadVouchers vouchers, CancellationToken cancel) =>
        await vouchers.OfAsync(number, cancel) is { HasMessage: true } found
            ? new RazorComponentResult<VoucherPage>(new { Model = found, Message = await vouchers.MessageAsync(number, cancel) })
            : Results.NotFound();

    private static Instant? StartOf(string? date, TenantScope tenant, int daysLater) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? tenant.Zone.StartOf(day.AddDays(daysLater))
            : null;

    private static Money? Yuan(string? text) => YuanText.TryRead(text, out var amount) ? amount : null;
}

/// <summary>What is looked for, as it was typed.</summary>
public sealed record VoucherSearch(string? Q, string? Channel, VoucherKind? Kind, string? From, string? Until, string? Least, string? Most)
{
    public string Query(int page) => string.Create(CultureInfo.InvariantCulture, $"?q={Escape(Q)}&channel={Escape(Channel)}&kind={Kind}")
        + $"&from={Escape(From)}&until={Escape(Until)}&least={Escape(Least)}&most={Escape(Most)}&page={page}";

    private static string Escape(string? text) => Uri.EscapeDataString(text ?? "");
}
