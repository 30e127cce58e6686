using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Ui;

/// <summary>The door of the design system: what pages are rendered with, and the assets that they load.</summary>
public static class UiModule
{
    /// <summary>What the host sends with every page. No page needs an inline script or style; controls draw their arrows from
    /// data: images; a form may lead on to a payment channel: by https, in the sandbox on this machine by http.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'; form-action 'self' https: http://127.0.0.1:* http://localhost:*";

    public static IServiceCollection AddUi(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery();
        services.AddAuthorizationCore();
        // The default encoder writes a Chinese character as an entity of eight bytes.
        return services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
    }

    /// <summary>Adds entries to the navigation of a face.</summary>
    public static IServiceCollection AddNavigation(this IServiceCollection services, params ReadOnlySpan<NavigationEntry> entries)
    {
        foreach (var entry in entries) services.AddSingleton(entry);
        return services;
    }

    /// <summary>Sends the css, scripts and icons under <c>/assets</c>, to everybody.</summary>
    public static IEndpointRouteBuilder MapUi(this IEndpointRouteBuilder endpoints)
    {
        Asset.Map(endpoints);
        return endpoints;
    }
}
