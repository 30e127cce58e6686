using System.Globalization;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

internal sealed class FreezesEndpoint(Tree tree, Freeze freeze, Users users, IAuthorizationService may, Texts texts, TenantScope tenant, TimeProvider time)
{
    public static void Map(RouteGroupBuilder distributors)
    {
        distributors.MapGet("/{code}/freezes", (string code, FreezesEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.ShowAsync(code, http, cancel));
        distributors.MapPost("/{code}/freezes", (
            string code, [FromForm] FreezeForm form, [FromForm(Name = "do")] string? verb, FreezesEndpoint page, HttpContext http,
            CancellationToken cancel) =>
            page.ChangeAsync(code, form, verb == "lift", http, cancel)).RequireAuthorization(Policies.Operations);
    }

    private async Task<IResult> ShowAsync(string code, HttpContext http, CancellationToken cancel) =>
        await tree.FindByCodeAsync(code, cancel) is { } distributor
            ? await PageAsync(distributor, new(Reason: null), FormErrors.None, http, cancel)
            : TypedResults.NotFound();

    private async Task<IResult> ChangeAsync(string code, FreezeForm form, bool lifts, HttpContext http, CancellationToken cancel)
    {
        if (await tree.FindByCodeAsync(code, cancel) is not { } distributor) return TypedResults.NotFound();
        var done = lifts ? await freeze.LiftAsync(distributor.Id, form.Reason ?? "", cancel)
            : !Read(distributor, form).TryGet(out var asked, out var faults) ? faults.ToList()
            : await freeze.RunAsync(asked, cancel);
        if (done.IsRefused) return await PageAsync(distributor, form, FormErrors.Of(done.Refusals, r => texts.Of(r)), http, cancel);
        http.LeaveNotice(lifts ? "已解冻。" : "已冻结。");
        return TypedResults.LocalRedirect($"/office/distributors/{distributor.Code}/freezes");
    }

    private Result<NewFreeze> Read(Distributor distributor, FreezeForm form)
    {
        List<Refusal> faults = [];
        if (!RateText.TryReadDate(form.From, tenant.Zone, time.Now, out var from)) faults.Add(new Refusal("distributors.date_wrong").On("from"));
        Instant? until = null;
        if (!string.IsNullOrWhiteSpace(form.Until))
        {
            if (DateOnly.TryParseExact(form.Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last))
                until = tenant.Zone.StartOf(last.AddDays(1));
            else faults.Add(new Refusal("distributors.date_wrong").On("until"));
        }
        return faults.Count > 0 ? faults : new NewFreeze(distributor.Id, form.Reason ?? "", from, until);
    }

    private async Task<IResult> PageAsync(Distributor distributor, FreezeForm form, FormErrors errors, HttpContext http, CancellationToken cancel) =>
        new RazorComponentResult<FreezesPage>(new
        {
            Distributor = distributor,
            Freezes = await tree.FreezesAsync(distributor.Id, cancel),
            People = await users.NamesAsync(cancel),
            Now = time.Now,
            form.From,
            form.Until,
            form.Reason,
            MayChange = await DistributorsEndpoint.MayChange(may, http),
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };

    /// <summary>Lifting posts the reason alone.</summary>
    internal sealed record FreezeForm(string? Reason)
    {
        public string? From { get; init; }
        public string? Until { get; init; }
    }
}
