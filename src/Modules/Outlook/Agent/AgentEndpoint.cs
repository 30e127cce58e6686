using System.Globalization;
using System.Security.Claims;
using HaoSuan.Identity;
using HaoSuan.Payouts;
using HaoSuan.Settlements;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Outlook;

/// <summary>What a distributor may still miss, and what is going to be released to it.</summary>
internal static class AgentEndpoint
{
    private const int WarningsPerPage = 20;
    private const int OrdersPerPage = 30;

    /// <summary>How much has to be done, and what for; nothing where nothing has to be done.</summary>
    public static async Task<HomeFigure.Shown?> HomeFigureAsync(IServiceProvider services, ClaimsPrincipal user, CancellationToken cancel)
    {
        var (warnings, distributor) = (services.GetRequiredService<Warnings>(), user.DistributorId);
        if (await warnings.CountAsync(distributor, true, cancel) is var count && count == 0) return null;
        var sum = await warnings.SumAsync(distributor, true, cancel);
        return new("预警", $"{count} 项", $"七天内截止，涉及 {YuanText.Of(sum)}", "/agent/warnings");
    }

    /// <param name="keep">Those for which nothing has to be done, but something must not happen.</param>
    public static async Task<IResult> Warnings(
        HttpContext http, Warnings warnings, TimeProvider time, bool? keep, int? page, CancellationToken cancel)
    {
        var (distributor, actionable, number) = (http.User.DistributorId, keep is not true, Math.Max(1, page ?? 1));
        var counts = (Actionable: await warnings.CountAsync(distributor, true, cancel), Keep: await warnings.CountAsync(distributor, false, cancel));
        return new RazorComponentResult<WarningsPage>(new
        {
            Model = new WarningsPage.View(
                await warnings.OpenAsync(distributor, actionable, (number - 1) * WarningsPerPage, WarningsPerPage, cancel),
                await warnings.SumAsync(distributor, actionable, cancel),
                actionable, counts.Actionable, counts.Keep,
                number, ((actionable ? counts.Actionable : counts.Keep) + WarningsPerPage - 1) / WarningsPerPage, time.Now),
        });
    }

    public static async Task<IResult> Forecast(
        HttpContext http, Expectations expectations, Balances balances, PayoutPolicies policies, TenantScope tenant, TimeProvider time,
        CancellationToken cancel)
    {
        var distributor = http.User.DistributorId;
        var (today, all) = (tenant.Zone.DateOf(time.Now), await expectations.DaysAsync(distributor, cancel));
        var coming = all.Where(d => d.Day >= today).ToList();
        var policy = await policies.OfAsync(distributor, cancel);
        var available = (await balances.OfAsync(distributor, cancel)).Available;
        return new RazorComponentResult<ForecastPage>(new
        {
            Model = new ForecastPage.View(
                await expectations.AsOfAsync(cancel), coming, [.. all.Where(d => d.Day < today && !d.Awaiting.IsZero)], available, policy.Least,
                PayoutTimes.Of(available, policy, coming)),
        });
    }

    public static async Task<IResult> Day(
        string day, HttpContext http, Expectations expectations, int? page, CancellationToken cancel)
    {
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return TypedResults.NotFound();
        var (distributor, number) = (http.User.DistributorId, Math.Max(1, page ?? 1));
        var count = await expectations.CountOfDayAsync(distributor, date, cancel);
        var releases = await expectations.OfDayAsync(distributor, date, (number - 1) * OrdersPerPage, OrdersPerPage, cancel);
        return new RazorComponentResult<ForecastDayPage>(new
        {
            Day = date, Releases = releases, Page = number, Pages = (count + OrdersPerPage - 1) / OrdersPerPage, Total = count,
        });
    }
}
