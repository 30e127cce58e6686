using System.Globalization;
using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Identity;
using HaoSuan.Orders;
using HaoSuan.Settlements;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Appeals;

/// <summary>One appeal beside the reasons of its order, and what the office does with it: <c>/office/appeals/{id}</c>.</summary>
internal sealed class AppealEndpoint(
    AppealRecords appeals, Aftermath aftermath, FactWords words, Why why, OrdersToSettle orders, Schemes schemes, Products products, Tree tree,
    Users users, Texts texts, TenantScope tenant, TimeProvider time)
{
    public static Task<IResult> Show(Guid id, HttpContext http, AppealEndpoint page, CancellationToken cancel) =>
        page.PageAsync(new(id), http, AppealPage.Typed.New, [], [], cancel);

    public static async Task<IResult> Take(Guid id, HttpContext http, AppealEndpoint page, TakeAppeal take, CancellationToken cancel) =>
        await page.DoneAsync(id, http, AppealPage.Typed.New, await take.RunAsync(new(id), cancel), "这个申诉由您负责。", cancel);

    public static async Task<IResult> Say(
        Guid id, [FromForm] string? text, [FromForm] string? key, [FromForm] string? ask, IFormFileCollection files, HttpContext http,
        AppealEndpoint page, WriteMessage write, CancellationToken cancel)
    {
        var (asks, message) = (ask == "true", await FormMessage.ReadAsync(text, files, key, cancel));
        var said = await write.ByOfficeAsync(new(id), message, asks, cancel);
        var typed = AppealPage.Typed.New with { Text = text, Key = message.Key };
        return await page.DoneAsync(id, http, typed, said, asks ? "已请分销商补充，期限暂停计算。" : "已发送。", cancel);
    }

    public static async Task<IResult> Decide(
        Guid id, [FromForm] AppealPage.DecisionForm form, IFormFileCollection evidence, HttpContext http, AppealEndpoint page, DecideAppeal decide,
        CancellationToken cancel)
    {
        var message = await FormMessage.ReadAsync(form.Reason, evidence, form.DecisionKey, cancel);
        var typed = AppealPage.Typed.New with { Decision = form with { DecisionKey = message.Key } };
        if (!page.Read(form).TryGet(out var read, out var unreadable)) return await page.PageAsync(new(id), http, typed, [], unreadable, cancel);
        var decided = await decide.RunAsync(new(id), read.Verdict, read.Change, message, cancel);
        if (decided.IsRefused) return await page.PageAsync(new(id), http, typed, [], [.. decided.Refusals.Select(InForm)], cancel);
        http.LeaveNotice(read.Change is FactChange.Nothing ? "已处理，分销商会看到理由。" : "已处理，事实已记录；下次结算时入账。");
        return Results.LocalRedirect(AddressOf(id));
    }

    public static async Task<IResult> File(Guid id, int number, AppealRecords appeals, CancellationToken cancel) =>
        await appeals.FileAsync(new(id), number, cancel: cancel) is { } file ? AgentAppealsEndpoint.Sent(file) : Results.NotFound();

    private static string AddressOf(Guid id) => $"/office/appeals/{id}";

    /// <summary>The page has two forms; text and files of a decision have names of their own.</summary>
    private static Refusal InForm(Refusal refusal) => refusal.Field switch
    {
        "text" => refusal.On("Reason"),
        "files" => refusal.On("evidence"),
        { Length: > 0 } field => refusal.On(char.ToUpperInvariant(field[0]) + field[1..]),
        _ => refusal,
    };

    private Result<(Verdict Verdict, FactChange Change)> Read(AppealPage.DecisionForm form)
    {
        List<Refusal> faults = [];
        if (!Enum.TryParse<Verdict>(form.Verdict, out var verdict)) faults.Add(new Refusal("appeals.verdict_missing").On("Verdict"));
        FactChange change = new FactChange.Nothing();
        if (form.Change == AppealPage.DecisionForm.Void)
            change = new FactChange.Void(new(Guid.TryParse(form.Fact, out var fact) ? fact : Guid.Empty));
        if (form.Change == AppealPage.DecisionForm.Add)
        {
            var at = Moment(form.At);
            if (at is null) faults.Add(new Refusal("appeals.at_missing").On("At"));
            var amount = Money.Zero;
            if (!string.IsNullOrWhiteSpace(form.Amount) && !YuanText.TryRead(form.Amount, out amount))
                faults.Add(new Refusal("appeals.amount_invalid").On("Amount"));
            if (!FactRules.ReadAttributes(form.Attributes).TryGet(out var attributes, out var wrong)) faults.AddRange(wrong.Select(InForm));
            if (faults.Count == 0) change = new FactChange.Add(form.Kind ?? "", at!.Value, amount, attributes!);
        }
        return faults.Count > 0 ? faults : (verdict, change);
    }

    /// <summary>A minute as it was typed: its end, so that it comes after what the log has of the same minute, or now while it lasts.</summary>
    private Instant? Moment(string? text)
    {
        if (!DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return null;
        var (start, now) = (tenant.Zone.StartOf(DateOnly.FromDateTime(local)) + local.TimeOfDay, time.Now);
        return start > now ? start : Instant.Min(start + TimeSpan.FromMinutes(1) - TimeSpan.FromMicroseconds(1), now);
    }

    private async Task<IResult> DoneAsync(
        Guid id, HttpContext http, AppealPage.Typed typed, Result<Done> outcome, string notice, CancellationToken cancel)
    {
        if (outcome.IsRefused) return await PageAsync(new(id), http, typed, outcome.Refusals, [], cancel);
        http.LeaveNotice(notice);
        return Results.LocalRedirect(AddressOf(id));
    }

    private async Task<IResult> PageAsync(
        AppealId id, HttpContext http, AppealPage.Typed typed, IReadOnlyList<Refusal> writing, IReadOnlyList<Refusal> deciding, CancellationToken cancel)
    {
        if (await appeals.FindAsync(id, cancel: cancel) is not { } detail) return Results.NotFound();
        var appeal = detail.Appeal;
        // An appeal is opened only where both are there, and nothing of them goes away.
        var reasons = (await why.OfAsync(appeal.OrderId, null, cancel))!;
        var order = (await orders.OneAsync(appeal.OrderId, cancel))!;
        var scheme = (await schemes.FindAsync(appeal.ProductId, reasons.SchemeVersion, cancel)).Scheme;
        return new RazorComponentResult<AppealPage>(new
        {
            Model = new AppealPage.View(
                detail, reasons, (await products.FindAsync(appeal.ProductId, cancel))!.Name,
                (await tree.AllAsync(cancel)).ToDictionary(d => d.Id, d => d.Name), await AppealDeskEndpoint.PeopleAsync(users, cancel),
                await aftermath.OfAsync(appeal, cancel),
                [.. FactRules.Kinds.Select(k => new Option(k, words.Of(k)))],
                [.. FactRules.Voidable(order.Facts).Select(f => new Option(f.Id, $"{words.Known(f)}（{Moments.Text(f.At, tenant.Zone)}）"))],
                string.Join("、", scheme.Stages.Select(s => $"stage={s.Key}（{s.Name}）")),
                http.User.Role is Role.Admin or Role.Finance, time.Now),
            Form = typed,
            Errors = FormErrors.Of(writing, r => texts.Of(r)),
            DecisionErrors = FormErrors.Of(deciding, r => texts.Of(r)),
        })
        { StatusCode = writing.Count + deciding.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }
}
