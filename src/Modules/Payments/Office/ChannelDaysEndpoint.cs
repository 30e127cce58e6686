using System.Globalization;
using HaoSuan.Payments.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Payments;

/// <summary>The daily check of voucher, bill and ledger: <c>/office/channel-days</c>.</summary>
internal static class ChannelDaysEndpoint
{
    private const int PerPage = 31;
    private const int LinesPerPage = 50;

    public static string AddressOf(string channel, DateOnly day) => $"/office/channel-days/{channel}/{Text(day)}";

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static async Task<IResult> List(
        ChannelDays days, PaymentChannels channels, string? channel, string? state, int? page, CancellationToken cancel)
    {
        var number = Math.Max(1, page ?? 1);
        var (chosen, wanted) = (string.IsNullOrEmpty(channel) ? null : channel, Enum.TryParse<DayState>(state, out var given) ? given : (DayState?)null);
        var found = await days.ListAsync(chosen, wanted, (number - 1) * PerPage, PerPage + 1, cancel);
        return new RazorComponentResult<ChannelDaysPage>(new
        {
            Model = new ChannelDaysPage.View(
                [.. found.Take(PerPage)], [.. channels.Names], chosen, wanted, number, found.Count > PerPage ? number + 1 : number),
        });
    }

    public static Task<IResult> Detail(string channel, string day, int? page, ChannelDays days, CancellationToken cancel) =>
        ShowAsync(channel, day, page, days, FormErrors.None, null, null, cancel);

    public static async Task<IResult> Download(string channel, string day, BillKind kind, ChannelDays days, Audit audit, Db db, CancellationToken cancel)
    {
        if (!TryDay(day, out var date) || await days.FileAsync(channel, date, kind, cancel) is not { } file) return Results.NotFound();
        // The file names payers as the channel masks them.
        await db.InTransaction(() =>
        {
            audit.Record("payment.bill_downloaded", $"bill:{channel}:{day}:{kind}");
            return Task.CompletedTask;
        }, cancel);
        return Results.File(file.Content, file.MediaType, file.Name);
    }

    public static async Task<IResult> Explain(
        string channel, string day, [FromForm] Guid difference, [FromForm] string? explanation, ChannelDays days, ExplainDifference explain, Texts texts,
        HttpContext http, CancellationToken cancel)
    {
        var result = await explain.RunAsync(difference, explanation, cancel);
        if (result.IsRefused)
        {
            return await ShowAsync(channel, day, null, days, FormErrors.Of(result.Refusals, r => texts.Of(r)), difference, explanation, cancel);
        }
        http.LeaveNotice("已登记说明。");
        return TryDay(day, out var date) ? Results.LocalRedirect(AddressOf(channel, date)) : Results.NotFound();
    }

    private static async Task<IResult> ShowAsync(
        string channel, string day, int? page, ChannelDays days, FormErrors errors, Guid? difference, string? explanation, CancellationToken cancel)
    {
        if (!TryDay(day, out var date) || await days.FindAsync(channel, date, cancel) is not { } found) return Results.NotFound();
        var number = Math.Max(1, page ?? 1);
        var lines = await days.LinesAsync(channel, date, (number - 1) * LinesPerPage, LinesPerPage + 1, cancel);
        return new RazorComponentResult<ChannelDayPage>(new
        {
            Model = new ChannelDayPage.View(
                found, await days.DifferencesAsync(channel, date, cancel), [.. lines.Take(LinesPerPage)], await days.FundsAsync(channel, date, cancel),
                await days.FilesAsync(channel, date, cancel), number, lines.Count > LinesPerPage ? number + 1 : number),
            Errors = errors,
            Chosen = difference,
            Typed = explanation,
        })
        { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }

    private static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
