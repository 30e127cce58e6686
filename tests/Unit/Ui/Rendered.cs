using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using HaoSuan.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Tests.Unit.Ui;

/// <summary>Components as the browser gets them, for a tenant in Shanghai.</summary>
internal static class Rendered
{
    /// <summary>Declares a column of a table.</summary>
    public static void Column<T>(this RenderTreeBuilder builder, string title, Func<T, object?> of, object? total = null)
    {
        builder.OpenComponent<Column<T>>(0);
        builder.AddAttribute(1, nameof(HaoSuan.Ui.Column<>.Title), title);
        builder.AddAttribute(2, nameof(HaoSuan.Ui.Column<>.Of), of);
        builder.AddAttribute(3, nameof(HaoSuan.Ui.Column<>.Total), total);
        builder.CloseComponent();
    }

    public static async Task<string> HtmlAsync<T>(object parameters, FormErrors? errors = null) where T : IComponent
    {
        var host = WebApplication.CreateEmptyBuilder(new());
        host.Services.AddUi().AddLogging();
        host.Services.AddCascadingValue(_ => Zone.Shanghai);
        host.Services.AddCascadingValue(_ => errors ?? FormErrors.None);
        await using var provider = host.Services.BuildServiceProvider();
        await using var renderer = ActivatorUtilities.CreateInstance<HtmlRenderer>(provider);
        var values = parameters.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(parameters));
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(values))).ToHtmlString());
    }

    public static async Task<IHtmlDocument> PageAsync<T>(object parameters, FormErrors? errors = null) where T : IComponent =>
        await new HtmlParser().ParseDocumentAsync(await HtmlAsync<T>(parameters, errors));
}
