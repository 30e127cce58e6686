using HaoSuan.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Notifications;

/// <summary>A user's own inbox: <c>/inbox</c>.</summary>
internal static class InboxEndpoint
{
    private const int PerPage = 30;

    public static async Task<IResult> List(
        HttpContext http, Inbox inbox, NotificationPolicy policy, TimeProvider time, string? kind, int? page, CancellationToken cancel)
    {
        var (user, number, now) = (http.User.UserId, Math.Max(1, page ?? 1), time.Now);
        var kinds = await inbox.KindsAsync(user, cancel);
        var total = kinds.Where(k => kind is null || k.Kind == kind).Sum(k => k.All);
        return new RazorComponentResult<InboxPage>(new
        {
            Face = http.User.Role == Role.Distributor ? Face.Agent : Face.Office,
            Model = new InboxPage.View(
                await inbox.ListAsync(user, kind, (number - 1) * PerPage, PerPage, cancel), kinds, kind, number, (total + PerPage - 1) / PerPage, total, now,
                (int)policy.Read.TotalDays),
        });
    }

    /// <summary>On to the page where one acts. Whoever goes there has read it.</summary>
    public static async Task<IResult> Open(Guid id, HttpContext http, Inbox inbox, CancellationToken cancel) =>
        await inbox.ReadAsync(http.User.UserId, id, cancel) is { } href ? Results.LocalRedirect(href) : Results.NotFound();

    public static async Task<IResult> Read(Guid id, [FromForm] string? back, HttpContext http, Inbox inbox, CancellationToken cancel) =>
        await inbox.ReadAsync(http.User.UserId, id, cancel) is null ? Results.NotFound() : Results.LocalRedirect(BackTo(back));

    public static async Task<IResult> ReadAll(
        [FromForm] string? kind, [FromForm] long seen, HttpContext http, Inbox inbox, CancellationToken cancel)
    {
        await inbox.ReadAllAsync(http.User.UserId, string.IsNullOrEmpty(kind) ? null : kind, new(seen), cancel);
        return Results.LocalRedirect("/inbox");
    }

    private static string BackTo(string? back) => back?.StartsWith("/inbox", StringComparison.Ordinal) == true ? back : "/inbox";
}
