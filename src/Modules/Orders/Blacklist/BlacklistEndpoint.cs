using HaoSuan.Catalog;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Orders;

/// <summary>Consumers who are not served: <c>/office/consumer-blacklist</c>.</summary>
internal sealed class BlacklistEndpoint(Db db, Users users, AddToBlacklist add, LiftFromBlacklist lift, Texts texts)
{
    private const int PerPage = 50;
    private const string Here = "/office/consumer-blacklist";

    public static Task<IResult> List(string? order, int? page, BlacklistEndpoint screen, CancellationToken cancel) =>
        screen.PageAsync(new() { OrderNo = order }, page ?? 1, [], [], cancel);

    public static async Task<IResult> Add([FromForm] BlacklistPage.Input form, BlacklistEndpoint screen, HttpContext http, CancellationToken cancel)
    {
        var added = await screen.AddAsync(form, cancel);
        if (added.IsRefused) return await screen.PageAsync(form, 1, added.Refusals, [], cancel);
        http.LeaveNotice("已加入黑名单，从现在起的新订单和设备租赁会核对它。");
        return TypedResults.LocalRedirect(Here);
    }

    public static async Task<IResult> Lift(
        Guid id, [FromForm] BlacklistPage.Input form, BlacklistEndpoint screen, HttpContext http, CancellationToken cancel)
    {
        var lifted = await screen.LiftAsync(id, form, cancel);
        if (lifted.IsRefused) return await screen.PageAsync(new(), 1, [], lifted.Refusals, cancel);
        http.LeaveNotice("已移出黑名单。");
        return TypedResults.LocalRedirect(Here);
    }

    private Task<Result<Guid>> AddAsync(BlacklistPage.Input form, CancellationToken cancel) => add.RunAsync(
        new(Enum.TryParse<ApplicantKey>(form.Key, out var key) ? key : default, form.OrderNo ?? "", form.Value ?? "", form.Reason ?? "",
            form.Evidence ?? ""), cancel);

    private Task<Result<Done>> LiftAsync(Guid id, BlacklistPage.Input form, CancellationToken cancel) => lift.RunAsync(id, form.LiftReason ?? "", cancel);

    private async Task<IResult> PageAsync(
        BlacklistPage.Input form, int page, IReadOnlyList<Refusal> adding, IReadOnlyList<Refusal> lifting, CancellationToken cancel)
    {
        var total = await db.Blacklist.CountAsync(cancel);
        var number = Math.Clamp(page, 1, 1000);
        var rows = await db.Blacklist.AsNoTracking().OrderBy(b => b.LiftedAt != null).ThenByDescending(b => b.AddedAt).ThenBy(b => b.Id)
            .Skip((number - 1) * PerPage).Take(PerPage).ToListAsync(cancel);
        return new RazorComponentResult<BlacklistPage>(new
        {
            Entries = rows.ConvertAll(b => new Blacklisted(
                b.Id, b.Key, b.Masked, b.Reason, b.Evidence, b.AddedAt, b.AddedBy, b.LiftedAt, b.LiftedBy, b.LiftReason)),
            Number = number,
            Pages = (total + PerPage - 1) / PerPage,
            Total = total,
            People = await users.NamesAsync(cancel),
            Form = form,
            Errors = FormErrors.Of(adding, r => texts.Of(r)),
            LiftErrors = FormErrors.Of(lifting, r => texts.Of(r)),
        })
        { StatusCode = adding.Count + lifting.Count > 0 ? 422 : 200 };
    }
}
