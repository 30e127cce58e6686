using HaoSuan.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

/// <summary>Each text as a distributor reads and accepts it.</summary>
internal sealed class TextToAcceptEndpoint(IServiceProvider services, Texts texts)
{
    public static void Map(RouteGroupBuilder agent)
    {
        foreach (var of in TextPage.All)
        {
            var path = of.Agent["/agent".Length..];
            agent.MapGet(path, (TextToAcceptEndpoint page, HttpContext http, CancellationToken cancel) => page.PageAsync(of, FormErrors.None, http, cancel));
            agent.MapPost(path, ([FromForm] TextToAcceptPage.Answer form, TextToAcceptEndpoint page, HttpContext http, CancellationToken cancel) =>
                page.AcceptAsync(of, form, http, cancel));
        }
    }

    public async Task<IResult> PageAsync(TextPage of, FormErrors errors, HttpContext http, CancellationToken cancel)
    {
        var text = of.Of(services);
        return new RazorComponentResult<TextToAcceptPage>(new
        {
            Of = of,
            Version = await text.PresentAsync(cancel),
            Accepted = await text.AcceptedAsync(http.User.DistributorId, cancel),
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
    }

    private async Task<IResult> AcceptAsync(TextPage of, TextToAcceptPage.Answer form, HttpContext http, CancellationToken cancel)
    {
        var accepted = form.Accept != "true"
            ? new Refusal(of.MustAccept).On("accept")
            : await of.Of(services).AcceptAsync(http.User.DistributorId, form.Text ?? "", cancel);
        if (accepted.IsRefused) return await PageAsync(of, FormErrors.Of(accepted.Refusals, r => texts.Of(r)), http, cancel);
        http.LeaveNotice($"已同意{of.Title}。");
        return TypedResults.LocalRedirect(of.Next);
    }
}
