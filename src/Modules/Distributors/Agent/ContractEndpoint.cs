using HaoSuan.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

/// <summary>The contract as a distributor reads and accepts it.</summary>
internal sealed class ContractEndpoint(Contracts contracts, AcceptContract accept, Texts texts)
{
    public static void Map(RouteGroupBuilder agent)
    {
        agent.MapGet("/contract", (ContractEndpoint page, HttpContext http, CancellationToken cancel) => page.PageAsync(FormErrors.None, http, cancel));
        agent.MapPost("/contract", ([FromForm] TextToAccept.Answer form, ContractEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.AcceptAsync(form, http, cancel));
    }

    private async Task<IResult> AcceptAsync(TextToAccept.Answer form, HttpContext http, CancellationToken cancel)
    {
        var accepted = form.Accept != "true"
            ? new Refusal("distributors.must_accept").On("accept")
            : await accept.RunAsync(http.User.DistributorId, form.Text ?? "", cancel);
        if (accepted.IsRefused) return await PageAsync(FormErrors.Of(accepted.Refusals, r => texts.Of(r)), http, cancel);
        http.LeaveNotice("已同意合作协议。");
        return TypedResults.LocalRedirect("/agent/contract");
    }

    private async Task<IResult> PageAsync(FormErrors errors, HttpContext http, CancellationToken cancel) =>
        new RazorComponentResult<AgentContractPage>(new
        {
            Contract = await contracts.PresentAsync(cancel),
            Accepted = await accept.OfAsync(http.User.DistributorId, cancel),
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
}
