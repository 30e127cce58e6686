using System.Globalization;
using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Identity;
using HaoSuan.Settling;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Settlements;

/// <summary>Shadow runs of a version: asked for, followed while they are under way, and read.</summary>
internal static class ShadowEndpoint
{
    private const int PerPage = 30;
    private const int MostRuns = 20;
    private const int MostInWorkbook = 50_000;
    private const int UsualMonths = 3;

    public static void Map(RouteGroupBuilder office)
    {
        var group = office.MapGroup("/products/{code}/schemes/{version:int}/shadow-runs");
        group.MapGet("", List);
        group.MapPost("", Start).RequireAuthorization(Policies.Schemes);
        group.MapGet("/{id:guid}", Show);
        group.MapGet("/{id:guid}/xlsx", Workbook);
    }

    public static string Address(string code, int version) => $"/office/products/{code}/schemes/{version}/shadow-runs";

    private static async Task<IResult> List(string code, int version, ShadowScreen screen, TenantScope tenant, TimeProvider time, CancellationToken cancel)
    {
        var month = Month.Of(tenant.Zone.DateOf(time.Now));
        Dictionary<string, string> usual = new(StringComparer.Ordinal) { ["first"] = $"{month + (1 - UsualMonths)}", ["last"] = $"{month}" };
        return await screen.ListAsync(code, version, usual, FormErrors.None, MostRuns, cancel);
    }

    private static async Task<IResult> Start(
        string code, int version, IFormCollection form, StartShadowRun start, ShadowScreen screen, Products products, Texts texts,
        TenantScope tenant, TimeProvider time, HttpContext http, CancellationToken cancel)
    {
        if (await products.FindByCodeAsync(code, cancel) is not { } product) return TypedResults.NotFound();
        var typed = form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
        var read = ShadowForm.Read(product.Id, version, typed, tenant.Zone, time.Now);
        var started = read.TryGet(out var asked, out var faults) ? await start.RunAsync(asked, cancel) : faults.ToList();
        if (started.IsRefused)
        {
            var errors = FormErrors.Of(started.Refusals, r => texts.Of(r));
            return await screen.ListAsync(code, version, typed, errors, MostRuns, cancel);
        }
        http.LeaveNotice("已开始试算，不会记账。");
        return TypedResults.LocalRedirect($"{Address(code, version)}/{started.Value.Value}");
    }

    private static async Task<IResult> Show(
        string code, int version, Guid id, string? view, string? reason, string? distributor, int? page, ShadowScreen screen, ShadowRuns runs,
        CancellationToken cancel)
    {
        if (await screen.FindAsync(code, version, id, cancel) is not var (product, run)) return TypedResults.NotFound();
        var why = Enum.TryParse<ShadowReason>(reason, out var parsed) && Enum.IsDefined(parsed) ? parsed : (ShadowReason?)null;
        var who = Guid.TryParse(distributor, out var guid) ? DistributorId.From(guid) : (DistributorId?)null;
        var (number, shown) = (Math.Max(1, page ?? 1), view is "distributors" or "bonuses" or "orders" ? view : "");
        var count = shown switch
        {
            "orders" => await runs.CountAsync(run.Id, why, who, cancel),
            "bonuses" => run.Outcome.Bonuses.Sum(b => b.Months),
            _ => run.Outcome.Shares.Count,
        };
        var words = await screen.WordsAsync(cancel);
        return new RazorComponentResult<ShadowRunPage>(new
        {
            Model = new ShadowRunPage.View(
                product, run, shown, why, who,
                shown == "orders" ? await runs.OrdersAsync(run.Id, why, who, (number - 1) * PerPage, PerPage, cancel) : [],
                shown == "bonuses" ? await runs.BonusesAsync(run.Id, (number - 1) * PerPage, PerPage, cancel) : [],
                words.Tell, screen.Names, await screen.UserAsync(run.StartedBy, cancel),
                number, (count + PerPage - 1) / PerPage, count, PerPage),
        });
    }

    private static async Task<IResult> Workbook(
        string code, int version, Guid id, ShadowScreen screen, ShadowRuns runs, TenantScope tenant, CancellationToken cancel)
    {
        if (await screen.FindAsync(code, version, id, cancel) is not var (product, run) || run.FinishedAt is null) return TypedResults.NotFound();
        var orders = await runs.OrdersAsync(run.Id, null, null, 0, MostInWorkbook, cancel);
        var bonuses = await runs.BonusesAsync(run.Id, 0, MostInWorkbook, cancel);
        var words = await screen.WordsAsync(cancel);
        return PaperFile.Of("xlsx", ShadowPaper.Of(product, run, orders, bonuses, words, screen.Names), tenant.Zone, $"shadow-{code}-v{version}");
    }
}

/// <summary>
/// What is asked for, as it was typed: <c>first</c>, <c>last</c>, <c>asOf</c>, and the supposed rates by <c>top-</c> and
/// <c>child-</c> and the stage's key.
/// </summary>
internal static class ShadowForm
{
    /// <summary>Of a date its end counts, of today what is known now.</summary>
    public static Result<NewShadowRun> Read(ProductId product, int version, IReadOnlyDictionary<string, string> typed, Zone zone, Instant now)
    {
        List<Refusal> faults = [];
        if (!Month.TryParse(typed.GetValueOrDefault("first", ""), out var first)) faults.Add(new Refusal("settlements.shadow_month_wrong").On("first"));
        if (!Month.TryParse(typed.GetValueOrDefault("last", ""), out var last)) faults.Add(new Refusal("settlements.shadow_month_wrong").On("last"));
        Instant? asOf = null;
        if (typed.GetValueOrDefault("asOf") is { } day && !string.IsNullOrWhiteSpace(day))
        {
            if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                faults.Add(new Refusal("settlements.shadow_date_wrong").On("asOf"));
            else if (date > zone.DateOf(now)) faults.Add(new Refusal("settlements.shadow_future").On("asOf"));
            else if (date < zone.DateOf(now)) asOf = zone.StartOf(date.AddDays(1));
        }
        var rates = Rates(typed, faults);
        return faults.Count > 0 ? faults : new NewShadowRun(product, version, first, last, asOf) { Rates = rates };
    }

    /// <summary>A level that was left empty gets nothing, unless both were: then the stage has no supposed rate.</summary>
    private static List<SupposedRate> Rates(IReadOnlyDictionary<string, string> typed, List<Refusal> faults)
    {
        List<SupposedRate> rates = [];
        foreach (var key in typed.Keys.Where(k => k.StartsWith("top-", StringComparison.Ordinal)).Select(k => k["top-".Length..]))
        {
            var (top, child) = (Read($"top-{key}"), Read($"child-{key}"));
            if (top is not null || child is not null) rates.Add(new(key, top ?? default, child ?? default));
        }
        return rates;

        Rate? Read(string field)
        {
            if (!typed.TryGetValue(field, out var text) || string.IsNullOrWhiteSpace(text)) return null;
            if (!RateText.TryRead(text, out var rate)) faults.Add(new Refusal("settlements.shadow_rate_wrong").On(field));
            return rate;
        }
    }
}

/// <summary>Gathers what the pages of shadow runs show.</summary>
internal sealed class ShadowScreen(
    Products products, Schemes schemes, ShadowRuns runs, Tree tree, Users users, Texts texts, TenantScope tenant, IAuthorizationService may,
    IHttpContextAccessor accessor)
{
    public IReadOnlyDictionary<DistributorId, string> Names { get; private set; } = new Dictionary<DistributorId, string>();

    public async Task<IResult> ListAsync(
        string code, int version, IReadOnlyDictionary<string, string> typed, FormErrors errors, int take, CancellationToken cancel)
    {
        if (await products.FindByCodeAsync(code, cancel) is not { } product) return TypedResults.NotFound();
        if (await schemes.FindVersionAsync(product.Id, version, cancel) is not { } read) return TypedResults.NotFound();
        var live = await schemes.VersionsAsync(product.Id, cancel);
        return new RazorComponentResult<ShadowRunsPage>(new
        {
            Model = new ShadowRunsPage.View(
                product, read, await runs.OfVersionAsync(product.Id, version, take, cancel), typed,
                [.. read.Scheme.Stages.Where(s => live.Any(v => v.Scheme.Stages.All(t => t.Key != s.Key)))],
                (await may.AuthorizeAsync(accessor.HttpContext!.User, Policies.Schemes)).Succeeded),      // a page is asked for by a request
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
    }

    public async Task<(Product Product, ShadowRun Run)?> FindAsync(string code, int version, Guid id, CancellationToken cancel) =>
        await products.FindByCodeAsync(code, cancel) is { } product
        && await runs.FindAsync(ShadowRunId.From(id), cancel) is { } run && run.ProductId == product.Id && run.Version == version
            ? (product, run)
            : null;

    public async Task<ShadowWords> WordsAsync(CancellationToken cancel)
    {
        Names = await RunsEndpoint.NamesAsync(tree, cancel);
        return new(tenant.Zone, texts, Names);
    }

    /// <summary>The sign-in name of whoever started it.</summary>
    public async Task<string> UserAsync(string actor, CancellationToken cancel) =>
        actor.Split(':') is ["user", var id] && Guid.TryParse(id, out var guid) && await users.FindAsync(UserId.From(guid), cancel) is { } user
            ? user.Name
            : actor;
}
