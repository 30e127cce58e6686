using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Payments;

/// <summary>The health of the channels: <c>/office/gateways</c>.</summary>
internal static class GatewaysEndpoint
{
    public static async Task<IResult> Show(GatewayHealth health, CancellationToken cancel) =>
        new RazorComponentResult<GatewaysPage>(new { States = await health.AllAsync(cancel), Odd = await health.OddAsync(cancel) });

    public static async Task<IResult> Seen([FromForm] Guid notice, SeeOddNotice see, Texts texts, HttpContext http, CancellationToken cancel)
    {
        var result = await see.RunAsync(notice, cancel);
        http.LeaveNotice(result.IsRefused ? texts.Of(result.Refusals[0]) : "已登记为已核实。");
        return Results.LocalRedirect("/office/gateways");
    }
}
