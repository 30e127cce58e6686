using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Catalog;

/// <summary>Writes bonuses in forms. Every button sends the whole form; nothing is kept until it is saved.</summary>
internal static class BonusEditorEndpoint
{
    public static void Map(RouteGroupBuilder office)
    {
        var group = office.MapGroup("/bonuses").RequireAuthorization(Policies.Schemes);
        group.MapGet("/new", New);
        group.MapPost("/new", Create);
        group.MapGet("/{key}/edit", Edit);
        group.MapPost("/{key}/edit", Change);
        group.MapPost("/example", Compute);
    }

    private static async Task<IResult> New(string? like, BonusEditor editor, Schemes schemes, TenantScope tenant, TimeProvider time, CancellationToken cancel)
    {
        var month = BonusTerms.ThisMonth(tenant, time);
        var model = like is null ? null : (await schemes.BonusesAsync(cancel)).FirstOrDefault(b => b.Bonus.Key == like);
        return await editor.PageAsync(null, model is null ? BonusForm.Empty(month) : BonusForm.Like(model.Bonus, month), FormErrors.None, cancel);
    }

    private static async Task<IResult> Edit(string key, BonusEditor editor, Schemes schemes, CancellationToken cancel) =>
        await schemes.FindBonusAsync(key, 1, cancel) is { IsEditable: true } draft
            ? await editor.PageAsync(key, BonusForm.Of(draft), FormErrors.None, cancel)
            : TypedResults.NotFound();

    private static Task<IResult> Create(IFormCollection form, BonusEditor editor, DraftBonus draft, HttpContext http, CancellationToken cancel) =>
        editor.SendAsync(null, form, draft, http, cancel);

    private static Task<IResult> Change(
        string key, IFormCollection form, BonusEditor editor, DraftBonus draft, HttpContext http, CancellationToken cancel) =>
        editor.SendAsync(key, form, draft, http, cancel);

    /// <summary>What the example comes to, while one types.</summary>
    private static async Task<IResult> Compute(IFormCollection form, BonusEditor editor, CancellationToken cancel)
    {
        var (told, faults) = editor.Tell(FormNode.Of(form), await editor.StagesAsync(cancel));
        return new RazorComponentResult<BonusExampleView>(new { Told = told, Faults = faults });
    }
}

/// <summary>The page of a bonus's form: a new one, or a draft to change.</summary>
internal sealed class BonusEditor(Products products, BonusScreen screen, Texts texts)
{
    public Task<IReadOnlyList<(string Product, string Key, string Name)>> StagesAsync(CancellationToken cancel) => screen.StagesAsync(cancel);

    /// <param name="change">The key of the draft; null: a new one.</param>
    /// <param name="form">What was typed.</param>
    /// <param name="draft">What keeps it.</param>
    /// <param name="http">The request.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<IResult> SendAsync(string? change, IFormCollection form, DraftBonus draft, HttpContext http, CancellationToken cancel)
    {
        var node = FormNode.Of(form);
        if (change is not null) node["key"] = change;
        var bonus = new BonusForm(node);
        if (form["do"] != "save")
        {
            bonus.Change(form["do"].ToString());
            return await PageAsync(change, node, FormErrors.None, cancel);
        }
        var read = bonus.Read();
        var saved = read.IsRefused
            ? read.Refusals.ToList()
            : await draft.RunAsync(read.Value.Json, read.Value.First, read.Value.Last, change, cancel);
        if (saved.IsRefused) return await PageAsync(change, node, FormErrors.Of(saved.Refusals, r => texts.Of(r)), cancel);
        http.LeaveNotice("已保存草稿，提交后由另一位同事审批。");
        return TypedResults.LocalRedirect(BonusesEndpoint.Address(saved.Value, 1));
    }

    public async Task<IResult> PageAsync(string? change, FormNode node, FormErrors errors, CancellationToken cancel)
    {
        var stages = await StagesAsync(cancel);
        var (told, faults) = Tell(node, stages);
        return new RazorComponentResult<BonusEditorPage>(new
        {
            Change = change,
            Form = node,
            Products = await products.AllAsync(cancel),
            Stages = stages.GroupBy(s => s.Key).Select(s => new Option(s.Key, $"{SchemeWords.Named(s.Select(t => t.Name))}（{s.Key}）")),
            Told = told,
            Faults = faults,
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
    }

    public (IReadOnlyList<string> Told, FormErrors Faults) Tell(FormNode node, IReadOnlyList<(string Product, string Key, string Name)> stages) =>
        new BonusForm(node).Tell(stages).TryGet(out var told, out var refusals) ? (told, FormErrors.None) : ([], FormErrors.Of(refusals, r => texts.Of(r)));
}
