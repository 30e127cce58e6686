using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Catalog;

/// <summary>Bonuses: read, submitted, withdrawn, approved or rejected by somebody else, and ended the same way.</summary>
internal static class BonusesEndpoint
{
    public static void Map(RouteGroupBuilder office)
    {
        var group = office.MapGroup("/bonuses");
        group.MapGet("", List);
        group.MapGet("/{key}/{version:int}", Show);
        group.MapPost("/{key}/end", End).RequireAuthorization(Policies.Schemes);
        group.MapPost("/{key}/{version:int}/submit", Submit).RequireAuthorization(Policies.Schemes);
        group.MapPost("/{key}/{version:int}/withdraw", Withdraw).RequireAuthorization(Policies.Schemes);
        group.MapPost("/{key}/{version:int}/approve", Approve).RequireAuthorization(Policies.Finance);
        group.MapPost("/{key}/{version:int}/reject", Reject).RequireAuthorization(Policies.Finance);
    }

    public static string Address(string key, int version) => $"/office/bonuses/{Uri.EscapeDataString(key)}/{version}";

    private static async Task<IResult> List(
        Schemes schemes, BonusScreen screen, IAuthorizationService may, HttpContext http, CancellationToken cancel) =>
        new RazorComponentResult<BonusesPage>(new
        {
            Bonuses = await schemes.BonusesAsync(cancel),
            Drafts = await schemes.BonusDraftsAsync(cancel),
            Stages = await screen.StagesAsync(cancel),
            MayWrite = (await may.AuthorizeAsync(http.User, Policies.Schemes)).Succeeded,
        });

    private static Task<IResult> Show(string key, int version, BonusScreen screen, CancellationToken cancel) =>
        screen.PageAsync(key, version, null, "", cancel);

    private static async Task<IResult> End(
        string key, [FromForm] string? last, DraftBonus draft, BonusScreen screen, HttpContext http, CancellationToken cancel)
    {
        var ended = Month.TryParse(last ?? "", out var month)
            ? await draft.EndAsync(key, month, cancel)
            : new Refusal("catalog.month_wrong").On("last");
        if (ended.IsRefused) return await screen.NewestAsync(key, ended.Refusals, last ?? "", cancel);
        http.LeaveNotice("已保存，提交后由另一位同事审批。");
        return TypedResults.LocalRedirect(Address(key, ended.Value));
    }

    private static async Task<IResult> Submit(
        string key, int version, SubmitBonus submit, BonusScreen screen, HttpContext http, CancellationToken cancel) =>
        await screen.DoneAsync(await submit.RunAsync(key, version, cancel), "已提交审批。", key, version, "", http, cancel);

    private static async Task<IResult> Withdraw(
        string key, int version, SubmitBonus submit, BonusScreen screen, HttpContext http, CancellationToken cancel) =>
        await screen.DoneAsync(await submit.WithdrawAsync(key, version, cancel), "已撤回，可以修改后再提交。", key, version, "", http, cancel);

    private static async Task<IResult> Approve(
        string key, int version, [FromForm] int? seen, DecideBonus decide, BonusScreen screen, HttpContext http, CancellationToken cancel) =>
        await screen.DoneAsync(await decide.ApproveAsync(key, version, seen, cancel), "已批准。", key, version, "", http, cancel);

    private static async Task<IResult> Reject(
        string key, int version, [FromForm] string? reason, DecideBonus decide, BonusScreen screen, HttpContext http, CancellationToken cancel) =>
        await screen.DoneAsync(await decide.RejectAsync(key, version, reason ?? "", cancel), "已驳回。", key, version, reason ?? "", http, cancel);
}

/// <summary>Gathers the page of a bonus.</summary>
internal sealed class BonusScreen(Products products, Schemes schemes, ProposalScreen screen, TenantScope tenant, TimeProvider time)
{
    /// <param name="key">Which bonus.</param>
    /// <param name="version">1 for its terms, a later one for its end.</param>
    /// <param name="refusals">Why what was asked was refused.</param>
    /// <param name="typed">The reason for a rejection, or the month of an end, as it was typed.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<IResult> PageAsync(string key, int version, IReadOnlyList<Refusal>? refusals, string typed, CancellationToken cancel)
    {
        var history = await schemes.BonusHistoryAsync(key, cancel);
        if (history.FirstOrDefault(v => v.Version == version) is not { } read) return TypedResults.NotFound();
        return new RazorComponentResult<BonusPage>(new
        {
            Version = read,
            View = await screen.ViewAsync(read, refusals, typed, cancel),
            History = history,
            Live = (await schemes.BonusesAsync(cancel)).FirstOrDefault(b => b.Bonus.Key == key),
            Stages = await StagesAsync(cancel),
            ThisMonth = BonusTerms.ThisMonth(tenant, time),
        })
        { StatusCode = refusals is null ? 200 : 422 };
    }

    public async Task<IResult> NewestAsync(string key, IReadOnlyList<Refusal> refusals, string typed, CancellationToken cancel) =>
        await schemes.BonusHistoryAsync(key, cancel) is [var newest, ..]
            ? await PageAsync(key, newest.Version, refusals, typed, cancel)
            : TypedResults.NotFound();

    public async Task<IResult> DoneAsync(
        Result<Done> outcome, string notice, string key, int version, string typed, HttpContext http, CancellationToken cancel)
    {
        if (outcome.IsRefused) return await PageAsync(key, version, outcome.Refusals, typed, cancel);
        http.LeaveNotice(notice);
        return TypedResults.LocalRedirect(BonusesEndpoint.Address(key, version));
    }

    /// <summary>The stages that the live schemes of each product have, in the words of the newest.</summary>
    public async Task<IReadOnlyList<(string Product, string Key, string Name)>> StagesAsync(CancellationToken cancel)
    {
        List<(string Product, string Key, string Name)> stages = [];
        foreach (var product in await products.AllAsync(cancel))
        {
            var versions = await schemes.VersionsAsync(product.Id, cancel);
            stages.AddRange(versions.SelectMany(v => v.Scheme.Stages).DistinctBy(s => s.Key).Select(s => (product.Code, s.Key, s.Name)));
        }
        return stages;
    }
}
