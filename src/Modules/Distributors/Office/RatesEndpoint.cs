using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

internal static class RatesEndpoint
{
    public static void Map(RouteGroupBuilder distributors)
    {
        distributors.MapGet("/{code}/rates", Show);
        distributors.MapPost("/{code}/rates", Set).RequireAuthorization(Policies.Operations);
    }

    private static async Task<IResult> Show(
        string code, Tree tree, RateCard card, IAuthorizationService may, HttpContext http, CancellationToken cancel) =>
        await tree.FindByCodeAsync(code, cancel) is { } distributor
            ? await Page(distributor, await card.OfAsync(distributor, cancel), tree, may, http, new(null, null, null), FormErrors.None, cancel)
            : TypedResults.NotFound();

    private static async Task<IResult> Set(
        string code, [FromForm] RateForm form, SetRate set, Tree tree, RateCard card, IAuthorizationService may, Texts texts,
        TenantScope tenant, TimeProvider time, HttpContext http, CancellationToken cancel)
    {
        if (await tree.FindByCodeAsync(code, cancel) is not { } distributor) return TypedResults.NotFound();
        var lines = await card.OfAsync(distributor, cancel);
        var asked = Read(form, distributor, lines, tenant.Zone, time.Now);
        var done = asked.IsRefused ? asked.Refusals.ToList() : await set.RunAsync(asked.Value, cancel);
        if (done.IsRefused)
            return await Page(distributor, lines, tree, may, http, form, FormErrors.Of(done.Refusals, r => texts.Of(r)), cancel);
        http.LeaveNotice("费率已设置。");
        return TypedResults.LocalRedirect($"/office/distributors/{distributor.Code}/rates");
    }

    private static Result<NewRate> Read(RateForm form, Distributor distributor, IReadOnlyList<RateLine> lines, Zone zone, Instant now)
    {
        List<Refusal> faults = [];
        var line = lines.FirstOrDefault(l => $"{l.Product.Code}/{l.Stage.Key}" == form.Stage);
        if (line is null) faults.Add(new Refusal("distributors.stage_unknown", form.Stage ?? "").On("stage"));
        if (!RateText.TryRead(form.Rate, out var rate)) faults.Add(new Refusal("distributors.rate_wrong").On("rate"));
        if (!RateText.TryReadDate(form.From, zone, now, out var from)) faults.Add(new Refusal("distributors.date_wrong").On("from"));
        return faults.Count > 0 ? faults : new NewRate(distributor.Id, line!.Product.Id, line.Stage.Key, rate, from);
    }

    private static async Task<IResult> Page(
        Distributor distributor, IReadOnlyList<RateLine> lines, Tree tree, IAuthorizationService may, HttpContext http, RateForm form,
        FormErrors errors, CancellationToken cancel) =>
        new RazorComponentResult<RatesPage>(new
        {
            Distributor = distributor,
            Lines = lines,
            History = (await tree.HistoryAsync(distributor.Id, cancel)).OrderByDescending(r => r.SetAt).ToList(),
            form.Stage,
            form.Rate,
            form.From,
            MayChange = await DistributorsEndpoint.MayChange(may, http),
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };

    internal sealed record RateForm(string? Stage, string? Rate, string? From);
}
