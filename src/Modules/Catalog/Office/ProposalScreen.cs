using HaoSuan.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Catalog;

/// <summary>Gathers what the page of a proposal shows beside its content.</summary>
public sealed class ProposalScreen(Users users, Actor actor, Texts texts, IAuthorizationService may, IHttpContextAccessor accessor)
{
    /// <summary>Of what finance decides.</summary>
    public Task<ProposalActions.View> ViewAsync(Proposal proposal, IReadOnlyList<Refusal>? refusals, string reason, CancellationToken cancel) =>
        ViewAsync(proposal, (Policies.Schemes, Policies.Finance), refusals, reason, cancel);

    /// <param name="proposal">What is shown.</param>
    /// <param name="policies">Of <see cref="Policies"/>: that of whoever writes, and that of whoever decides.</param>
    /// <param name="refusals">What was refused; null: nothing was asked.</param>
    /// <param name="reason">What was typed into the page's form.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<ProposalActions.View> ViewAsync(
        Proposal proposal, (string Write, string Decide) policies, IReadOnlyList<Refusal>? refusals, string reason, CancellationToken cancel)
    {
        var user = accessor.HttpContext!.User;      // a page is asked for by a request
        return new(
            proposal, await NamesAsync(proposal, cancel),
            (await may.AuthorizeAsync(user, policies.Write)).Succeeded, (await may.AuthorizeAsync(user, policies.Decide)).Succeeded,
            proposal.IsOf(actor.Name), reason, refusals is null ? FormErrors.None : FormErrors.Of(refusals, r => texts.Of(r)));
    }

    /// <summary>What is no user keeps the name that it has.</summary>
    private async Task<IReadOnlyDictionary<string, string>> NamesAsync(Proposal proposal, CancellationToken cancel)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        foreach (var name in proposal.Steps.Select(s => s.Actor).Distinct(StringComparer.Ordinal))
        {
            var user = name.Split(':') is ["user", var id] && Guid.TryParse(id, out var guid) ? await users.FindAsync(UserId.From(guid), cancel) : null;
            names[name] = user?.Name ?? name;
        }
        return names;
    }
}
