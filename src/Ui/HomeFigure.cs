using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Ui;

/// <summary>
/// A figure on the first page of a face, registered by the module that knows it: that page belongs to a module below. It is
/// asked for whoever is signed in and satisfies <paramref name="Policy"/>, with the services of the request.
/// </summary>
public sealed record HomeFigure(
    Face Face, Func<IServiceProvider, ClaimsPrincipal, CancellationToken, Task<HomeFigure.Shown?>> Ask, string? Policy = null)
{
    /// <summary>What is shown; null in its place where there is nothing to say.</summary>
    public sealed record Shown(string Label, string Text, string Hint, string Href);

    /// <summary>The figures of a face that have something to say, in the order in which they were registered.</summary>
    public static async Task<IReadOnlyList<Shown>> OfAsync(Face face, IServiceProvider services, ClaimsPrincipal user, CancellationToken cancel)
    {
        List<Shown> shown = [];
        var authorization = services.GetRequiredService<IAuthorizationService>();
        foreach (var figure in services.GetServices<HomeFigure>().Where(f => f.Face == face))
        {
            if (figure.Policy is { } policy && !(await authorization.AuthorizeAsync(user, null, policy)).Succeeded) continue;
            if (await figure.Ask(services, user, cancel) is { } told) shown.Add(told);
        }
        return shown;
    }
}
