using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Leases;

/// <summary>Device models and their terms: <c>/office/device-models</c>.</summary>
internal static class ModelsEndpoint
{
    public static async Task<IResult> List(DeviceModels models, CancellationToken cancel) =>
        new RazorComponentResult<ModelsPage>(new { Models = await models.AllAsync(cancel) });

    public static IResult New() => Page(null, new() { MinMonths = "3", GraceDays = "5", OnOffer = "true" }, FormErrors.None);

    public static async Task<IResult> Show(Guid id, DeviceModels models, CancellationToken cancel) =>
        await models.FindAsync(new(id), cancel) is { } model ? Page(id, TermsRules.Write(model), FormErrors.None) : TypedResults.NotFound();

    public static Task<IResult> Add([FromForm] ModelForm form, SaveModel save, Texts texts, HttpContext http, CancellationToken cancel) =>
        SaveAsync(null, form, save, texts, http, cancel);

    public static async Task<IResult> Change(
        Guid id, [FromForm] ModelForm form, SaveModel save, DeviceModels models, Texts texts, HttpContext http, CancellationToken cancel) =>
        await models.FindAsync(new(id), cancel) is null ? TypedResults.NotFound() : await SaveAsync(id, form, save, texts, http, cancel);

    private static async Task<IResult> SaveAsync(Guid? id, ModelForm form, SaveModel save, Texts texts, HttpContext http, CancellationToken cancel)
    {
        var saved = await save.RunAsync(id is { } known ? new DeviceModelId(known) : null, form, cancel);
        if (saved.IsRefused) return Page(id, form, FormErrors.Of(saved.Refusals, r => texts.Of(r)));
        http.LeaveNotice("已保存。");
        return TypedResults.LocalRedirect("/office/device-models");
    }

    private static RazorComponentResult<ModelPage> Page(Guid? id, ModelForm form, FormErrors errors) =>
        new(new { Id = id, Form = form, Errors = errors }) { StatusCode = errors.Any ? 422 : 200 };
}
